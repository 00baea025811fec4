"""Does a graph conform, node by node while it is written? The shapes of `ontology/shapes.ttl`, compiled.

A build has no time to ask a SHACL engine about every node, and no room for the whole graph. Here each shape
becomes a function over one node, which sees of other nodes their classes and little more. It only says yes or
no, and no where it cannot tell: `kg.validate` then says what is wrong, or that nothing is.
"""

from kg.shapes.conformance import Conformance

__all__ = ["Conformance"]
