"""8-bit weights, arithmetic in floats: the form of the networks that ships.

`onnxruntime` quantises activations anew for every window. How it does so differs between processors, and
a difference in the last bit of a float becomes one of a percent in a probability. So only the weights are
kept in 8 bits, and the networks compute in 32-bit floats: as small a file, and the same answers everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnx
from onnx import helper

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto, NodeProto


def in_floats(model: ModelProto) -> ModelProto:
    """Replace every product of dynamically quantised integers by one of floats with the same weights.

    Changes and returns `model`, the output of `onnxruntime.quantization.quantize_dynamic`.
    """
    graph = model.graph
    made_by = {name: node for node in graph.node for name in node.output}
    used_by: dict[str, list[NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            used_by.setdefault(name, []).append(node)
    nodes: list[NodeProto] = []
    dropped: set[str] = set()
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            nodes.append(node)
            continue
        (cast,) = used_by[node.output[0]]
        (scaled,) = used_by[cast.output[0]]
        (scales,) = (made_by[name] for name in scaled.input if name != cast.output[0])
        weight = node.input[1]
        (scale,) = (
            name for name in scales.input if name.removesuffix("_scale") == weight.removesuffix("_quantized")
        )
        activation = made_by[node.input[0]].input[0]
        floats = f"{weight}_in_floats_of_{node.name}"
        nodes.append(helper.make_node("DequantizeLinear", [weight, scale, node.input[3]], [floats], axis=1))
        nodes.append(helper.make_node("MatMul", [activation, floats], list(scaled.output), name=node.name))
        dropped |= {cast.output[0], scaled.output[0], scales.output[0]}
    kept = [n for n in nodes if n.op_type == "MatMul" or not dropped & set(n.output)]
    del graph.node[:]
    graph.node.extend(_needed(graph, kept))
    onnx.checker.check_model(model)
    return model


def _needed(graph: GraphProto, nodes: list[NodeProto]) -> list[NodeProto]:
    """The nodes that some output of the graph rests on, in their order."""
    wanted = {value.name for value in graph.output}
    needed = []
    for node in reversed(nodes):
        if wanted & set(node.output):
            wanted |= set(node.input)
            needed.append(node)
    return needed[::-1]
