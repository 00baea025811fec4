// Counts the triples of a Turtle file with N3.js: node count.js GRAPH
import { readFileSync } from 'node:fs';
import { Parser } from 'n3';

console.log(new Parser().parse(readFileSync(process.argv[2], 'utf8')).length);
