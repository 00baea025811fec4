// Asks questions of a Turtle file with Comunica: node ask.js GRAPH < QUESTIONS
// QUESTIONS: JSON, {name: {sparql, values: {variable: {value, datatype}}}}; prints JSON, {name: [{variable: value}]}.
import { readFileSync } from 'node:fs';
import { QueryEngine } from '@comunica/query-sparql-rdfjs';
import { DataFactory, Parser, Store } from 'n3';

const { literal, namedNode, variable } = DataFactory;
const store = new Store(new Parser().parse(readFileSync(process.argv[2], 'utf8')));
const questions = JSON.parse(readFileSync(0, 'utf8'));
const engine = new QueryEngine();
const { BindingsFactory } = await import('@comunica/utils-bindings-factory');
const factory = new BindingsFactory(DataFactory);
const answers = {};
for (const [name, { sparql, values }] of Object.entries(questions)) {
  const bound = Object.entries(values).map(([key, { value, datatype }]) => [
    variable(key),
    datatype ? literal(value, namedNode(datatype)) : literal(value),
  ]);
  const context = { sources: [store], initialBindings: factory.bindings(bound) };
  if (/^CONSTRUCT/m.test(sparql)) {
    const quads = await (await engine.queryQuads(sparql, context)).toArray();
    const unique = new Store(quads);
    answers[name] = [...unique].map(({ subject, predicate, object }) => ({
      subject: subject.value,
      predicate: predicate.value,
      object: object.value,
    }));
  } else {
    const rows = await (await engine.queryBindings(sparql, context)).toArray();
    answers[name] = rows.map((row) => Object.fromEntries([...row].map(([key, term]) => [key.value, term.value])));
  }
}
console.log(JSON.stringify(answers));
