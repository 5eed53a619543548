"""Write a Whisper's weights as the Hugging Face ONNX layout: onnx/encoder_model*.onnx, onnx/decoder_model_merged*.onnx.

The merged decoder holds an If on use_cache_branch, as optimum exports do; inputs and outputs carry the same names.
dtypes: fp32, q8 (dynamic int8, MatMulInteger), q4 (MatMulNBits, block 32).

usage: onnx_export.py tiny|base|small OUT [DTYPE ...]   writes random weights in these shapes (no tokenizer; see twin.py)
"""
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MS_DOMAIN = "com.microsoft"
OPSET = 17
MEL_FRAMES, ENCODER_FRAMES = 3000, 1500  # 30 s at 10 ms, halved by the second convolution
Q4_BLOCK = 32
SUFFIX = {"fp32": "", "q8": "_quantized", "q4": "_q4"}
SIZES = {"tiny": (384, 6, 4, 4), "base": (512, 8, 6, 6), "small": (768, 12, 12, 12)}

Weights = dict[str, np.ndarray]


def quantize_int8(matrix: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 and its float32 scales, one for each slice across `axis`."""
    scale = np.maximum(np.abs(matrix).max(axis), 1e-8) / 127
    q = np.clip(np.round(matrix / np.expand_dims(scale, axis)), -127, 127).astype(np.int8)
    return q, scale.astype(np.float32)


def quantize_q4(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[K, N] -> MatMulNBits' packed nibbles [N, K/32, 16] and scales; the largest of a block maps to -8."""
    k, n = matrix.shape
    blocks = matrix.T.reshape(n, k // Q4_BLOCK, Q4_BLOCK)
    lead = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scale = lead / -8
    scale[scale == 0] = 1
    q = np.clip(np.round(blocks / scale) + 8, 0, 15).astype(np.uint8)
    return q[..., 0::2] | (q[..., 1::2] << 4), scale.reshape(-1).astype(np.float32)


class Graph:
    """Collects nodes and initializers; methods append ops and return the name of their output."""

    def __init__(self, w: Weights, dtype: str):
        self.w, self.dtype = w, dtype
        self.inits, self.nodes, self.consts = {}, [], {}
        self.n_names = 0

    def fresh_name(self, hint: str) -> str:
        self.n_names += 1
        return f"{hint}_{self.n_names}"

    def init(self, name: str, value: np.ndarray) -> str:
        if name not in self.inits:
            self.inits[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str) -> str:
        return self.init(name, self.w[name])

    def const(self, value, dtype=np.float32) -> str:
        key = (str(value), np.dtype(dtype).name)
        if key not in self.consts:
            self.consts[key] = self.init(f"const_{len(self.consts)}", np.array(value, dtype))
        return self.consts[key]

    def int64(self, value) -> str:
        return self.const(value, np.int64)

    def op(self, kind: str, *inputs: str, n: int = 1, domain: str = "", **attrs):
        outs = [self.fresh_name(kind.lower()) for _ in range(n)]
        node = helper.make_node(kind, list(inputs), outs, name=self.fresh_name("n"), domain=domain, **attrs)
        self.nodes.append(node)
        return outs[0] if n == 1 else outs

    def linear(self, x: str, name: str, bias: bool = True) -> str:
        """x @ W.T + b, with W stored [out, in] in self.w."""
        y = self.matmul(x, name, self.w[name + ".weight"].T)
        return self.op("Add", y, self.weight(name + ".bias")) if bias else y

    def matmul(self, x: str, name: str, matrix: np.ndarray) -> str:
        """x @ matrix [in, out], in the graph's dtype."""
        k, n = matrix.shape
        if self.dtype == "q8":
            if name + ".q" not in self.inits:
                q, scale = quantize_int8(matrix, 0)
                self.init(name + ".q", q)
                self.init(name + ".s", scale)
            return self.matmul_int8(x, name + ".q", name + ".s")
        if self.dtype == "q4" and k % Q4_BLOCK == 0:
            if name + ".q4" not in self.inits:
                q, scale = quantize_q4(matrix)
                self.init(name + ".q4", q)
                self.init(name + ".s4", scale)
            return self.op(
                "MatMulNBits", x, name + ".q4", name + ".s4",
                domain=MS_DOMAIN, K=k, N=n, bits=4, block_size=Q4_BLOCK,
            )
        return self.op("MatMul", x, self.init(name + ".T", matrix))

    def matmul_int8(self, x: str, weight: str, weight_scale: str, transposed: bool = False) -> str:
        """x quantized as it comes (one scale for the tensor) times int8 weights."""
        q, scale, zero = self.op("DynamicQuantizeLinear", x, n=3)
        if transposed:
            weight = self.op("Transpose", weight, perm=[1, 0])
        y = self.op("Cast", self.op("MatMulInteger", q, weight, zero), to=TensorProto.FLOAT)
        return self.op("Mul", y, self.op("Mul", scale, weight_scale))

    def norm(self, x: str, name: str) -> str:
        gain, bias = self.weight(name + ".weight"), self.weight(name + ".bias")
        return self.op("LayerNormalization", x, gain, bias, axis=-1, epsilon=1e-5)

    def gelu(self, x: str) -> str:
        """The exact (erf) form, as Whisper uses it."""
        erf = self.op("Erf", self.op("Div", x, self.const(2 ** 0.5)))
        e = self.op("Add", erf, self.const(1.0))
        return self.op("Mul", self.op("Mul", x, e), self.const(0.5))

    def split_heads(self, x: str, heads: int, head_size: int) -> str:
        """[B, T, d] -> [B, heads, T, head_size]"""
        return self.op("Transpose", self.op("Reshape", x, self.int64([0, -1, heads, head_size])), perm=[0, 2, 1, 3])

    def query(self, x: str, name: str, heads: int, head_size: int) -> str:
        scaled = self.op("Mul", self.linear(x, name), self.const(head_size ** -0.5))
        return self.split_heads(scaled, heads, head_size)

    def attend(self, q: str, k: str, v: str, d: int, mask: str | None = None, taps: list | None = None) -> str:
        """Softmax(q kT + mask) v, heads merged; the probabilities are appended to taps."""
        scores = self.op("MatMul", q, self.op("Transpose", k, perm=[0, 1, 3, 2]))
        if mask:
            scores = self.op("Add", scores, mask)
        p = self.op("Softmax", scores, axis=-1)
        if taps is not None:
            taps.append(p)
        y = self.op("Transpose", self.op("MatMul", p, v), perm=[0, 2, 1, 3])
        return self.op("Reshape", y, self.int64([0, -1, d]))

    def mlp(self, x: str, prefix: str) -> str:
        hidden = self.gelu(self.linear(self.norm(x, prefix + "mlp_ln"), prefix + "fc1"))
        return self.op("Add", x, self.linear(hidden, prefix + "fc2"))


def value_info(name: str, shape: list | None, kind: int = TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def save_model(graph, path: str) -> None:
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MS_DOMAIN, 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)


def write_encoder(w: Weights, dims: dict, dtype: str, path: str) -> None:
    """input_features [B, mels, 3000] -> last_hidden_state [B, 1500, d]"""
    g, d, heads = Graph(w, dtype), dims["d"], dims["heads"]
    size = d // heads
    x = "input_features"
    for name, stride in (("conv1", 1), ("conv2", 2)):
        kernel, bias = g.weight(name + ".weight"), g.weight(name + ".bias")
        x = g.gelu(g.op("Conv", x, kernel, bias, kernel_shape=[3], pads=[1, 1], strides=[stride]))
    x = g.op("Add", g.op("Transpose", x, perm=[0, 2, 1]), g.weight("enc_pos"))
    for i in range(dims["enc"]):
        p = f"enc.{i}."
        y = g.norm(x, p + "attn_ln")
        q = g.query(y, p + "attn.q", heads, size)
        k = g.split_heads(g.linear(y, p + "attn.k", False), heads, size)
        v = g.split_heads(g.linear(y, p + "attn.v"), heads, size)
        x = g.mlp(g.op("Add", x, g.linear(g.attend(q, k, v, d), p + "attn.out")), p)
    x = g.norm(x, "enc_ln")
    g.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    inputs = [value_info("input_features", ["batch_size", w["conv1.weight"].shape[1], MEL_FRAMES])]
    outputs = [value_info("last_hidden_state", ["batch_size", ENCODER_FRAMES, d])]
    save_model(helper.make_graph(g.nodes, "encoder", inputs, outputs, list(g.inits.values())), path)


class MergedDecoder:
    """Both branches of the decoder over one set of initializers."""

    def __init__(self, w: Weights, dims: dict, dtype: str, attentions: bool):
        self.g, self.w, self.dtype, self.attentions = Graph(w, dtype), w, dtype, attentions
        self.d, self.heads, self.layers, self.vocab = dims["d"], dims["heads"], dims["dec"], dims["vocab"]
        self.head_size = self.d // self.heads
        self.kv_names = [
            f"{i}.{part}.{t}" for i in range(self.layers) for part in ("decoder", "encoder") for t in ("key", "value")
        ]
        if dtype == "fp32":
            self.g.weight("tok.weight")
        else:  # int8 rows serve both the embedding and the output projection
            q, scale = quantize_int8(w["tok.weight"], 1)
            self.g.init("tok.q", q)
            self.g.init("tok.s", scale)
            self.g.init("tok.z", np.zeros(self.vocab, np.int8))

    def split_heads(self, x: str) -> str:
        return self.g.split_heads(x, self.heads, self.head_size)

    def query(self, x: str, name: str) -> str:
        return self.g.query(x, name, self.heads, self.head_size)

    def embed(self) -> str:
        g = self.g
        if self.dtype == "fp32":
            return g.op("Gather", "tok.weight", "input_ids")
        rows = g.op("Cast", g.op("Gather", "tok.q", "input_ids"), to=TensorProto.FLOAT)
        return g.op("Mul", rows, g.op("Unsqueeze", g.op("Gather", "tok.s", "input_ids"), g.int64([-1])))

    def project(self, x: str) -> str:
        g = self.g
        if self.dtype == "fp32":
            return g.op("MatMul", x, g.op("Transpose", "tok.weight", perm=[1, 0]))
        return g.matmul_int8(x, "tok.q", "tok.s", transposed=True)

    def start(self, past: bool) -> tuple[str, str]:
        """Embedded ids with their positions, and the causal mask [new, seen]."""
        g = self.g
        n_new = g.op("Gather", g.op("Shape", "input_ids"), g.int64(1))
        if past:
            n_past = g.op("Gather", g.op("Shape", "past_key_values.0.decoder.key"), g.int64(2))
        else:
            n_past = g.int64(0)
        end = g.op("Add", n_past, n_new)
        pos = g.op("Range", n_past, end, g.int64(1))
        emb = self.embed()
        x = g.op("Add", emb, g.op("Gather", g.weight("dec_pos"), pos))
        columns = g.op("Range", g.int64(0), end, g.int64(1))
        seen = g.op("LessOrEqual", columns, g.op("Unsqueeze", pos, g.int64([1])))
        return x, g.op("Where", seen, g.const(0.0), g.const(-3.4e38))

    def self_attend(self, x: str, i: int, past: bool, mask: str, present: dict[str, str]) -> str:
        g, p = self.g, f"dec.{i}."
        y = g.norm(x, p + "attn_ln")
        k = self.split_heads(g.linear(y, p + "attn.k", False))
        v = self.split_heads(g.linear(y, p + "attn.v"))
        if past:
            k = g.op("Concat", f"past_key_values.{i}.decoder.key", k, axis=2)
            v = g.op("Concat", f"past_key_values.{i}.decoder.value", v, axis=2)
        present[f"{i}.decoder.key"], present[f"{i}.decoder.value"] = k, v
        y = g.attend(self.query(y, p + "attn.q"), k, v, self.d, mask)
        return g.op("Add", x, g.linear(y, p + "attn.out"))

    def cross_attend(self, x: str, i: int, past: bool, present: dict[str, str], taps: list[str]) -> str:
        g, p = self.g, f"dec.{i}."
        key, value = f"{i}.encoder.key", f"{i}.encoder.value"
        if past:
            k, v = "past_key_values." + key, "past_key_values." + value
            # As optimum does: the cached branch gives empty encoder keys back, the caller keeps the first ones.
            empty = np.zeros((0, self.heads, 1, self.head_size), np.float32)
            present[key] = present[value] = g.init("no_kv", empty)
        else:
            k = self.split_heads(g.linear("encoder_hidden_states", p + "cross.k", False))
            v = self.split_heads(g.linear("encoder_hidden_states", p + "cross.v"))
            present[key], present[value] = k, v
        q = self.query(g.norm(x, p + "cross_ln"), p + "cross.q")
        y = g.attend(q, k, v, self.d, taps=taps)
        return g.op("Add", x, g.linear(y, p + "cross.out"))

    def branch(self, past: bool):
        """The subgraph without a cache, or with one."""
        g = self.g
        g.nodes = []
        x, mask = self.start(past)
        present, taps = {}, []
        for i in range(self.layers):
            x = self.self_attend(x, i, past, mask, present)
            x = g.mlp(self.cross_attend(x, i, past, present, taps), f"dec.{i}.")
        logits = self.project(g.norm(x, "dec_ln"))
        outs = [("logits", logits, ["batch_size", "sequence", self.vocab])]
        outs += [("present." + n, present[n], None) for n in self.kv_names]
        if self.attentions:
            outs += [(f"cross_attentions.{i}", t, None) for i, t in enumerate(taps)]
        tag, infos = "past" if past else "first", []
        for name, value, shape in outs:
            g.nodes.append(helper.make_node("Identity", [value], [f"{name}.{tag}"]))
            infos.append(value_info(f"{name}.{tag}", shape))
        return helper.make_graph(g.nodes, tag, [], infos)

    def kv_infos(self, prefix: str, suffix: str = "") -> list:
        def length(name: str) -> str:
            return "encoder_sequence_length" if ".encoder." in name else "past_decoder_sequence_length"

        return [
            value_info(prefix + n, ["batch_size", self.heads, length(n) + suffix, self.head_size])
            for n in self.kv_names
        ]

    def inputs(self) -> list:
        ids = value_info("input_ids", ["batch_size", "decoder_sequence_length"], TensorProto.INT64)
        hidden = value_info("encoder_hidden_states", ["batch_size", "encoder_sequence_length", self.d])
        use_cache = value_info("use_cache_branch", [1], TensorProto.BOOL)
        return [ids, hidden] + self.kv_infos("past_key_values.") + [use_cache]

    def outputs(self) -> list:
        outputs = [value_info("logits", ["batch_size", "decoder_sequence_length", self.vocab])]
        outputs += self.kv_infos("present.", "_out")
        if self.attentions:
            shape = ["batch_size", self.heads, "decoder_sequence_length", "encoder_sequence_length"]
            outputs += [value_info(f"cross_attentions.{i}", shape) for i in range(self.layers)]
        return outputs

    def write(self, path: str) -> None:
        first, then = self.branch(past=False), self.branch(past=True)
        inputs, outputs = self.inputs(), self.outputs()
        node = helper.make_node(
            "If", ["use_cache_branch"], [o.name for o in outputs],
            then_branch=then, else_branch=first, name="optimum::if",
        )
        inits = list(self.g.inits.values())
        save_model(helper.make_graph([node], "decoder_merged", inputs, outputs, inits), path)


def write_model(w: Weights, dims: dict, dtype: str, out: str, attentions: bool = False) -> None:
    """Encoder and merged decoder of one dtype into OUT/onnx, made if it is missing.

    attentions adds cross_attentions.{layer} outputs [B, heads, tokens, frames], which word timing reads.
    """
    os.makedirs(f"{out}/onnx", exist_ok=True)
    write_encoder(w, dims, dtype, f"{out}/onnx/encoder_model{SUFFIX[dtype]}.onnx")
    decoder = MergedDecoder(w, dims, dtype, attentions)
    decoder.write(f"{out}/onnx/decoder_model_merged{SUFFIX[dtype]}.onnx")


def measure_files(out: str, unit_bytes: int) -> dict[str, float]:
    """Sizes of the files in OUT/onnx, in tenths of the unit."""
    names = sorted(os.listdir(f"{out}/onnx"))
    return {name: os.path.getsize(f"{out}/onnx/{name}") // (unit_bytes // 10) / 10 for name in names}


def weights_of(checkpoint: dict) -> Weights:
    """torch state dict -> numpy, conv and linear names as the writers above read them."""
    return {k: v.detach().float().numpy() for k, v in checkpoint.items()}


def random_weights(dims: dict, n_mels: int = 80, seed: int = 0) -> Weights:
    """Every weight of a Whisper with these dims. The order of the draws is part of the contract: twins and goldens rest on it."""
    r, d, w = np.random.default_rng(seed), dims["d"], {}

    def add_linear(name: str, n_out: int, n_in: int, bias: bool = True) -> None:
        w[name + ".weight"] = (r.standard_normal((n_out, n_in)) * 0.6 / n_in ** 0.5).astype(np.float32)
        if bias:
            w[name + ".bias"] = np.zeros(n_out, np.float32)

    def add_norm(name: str) -> None:
        w[name + ".weight"], w[name + ".bias"] = np.ones(d, np.float32), np.zeros(d, np.float32)

    def add_attention(name: str) -> None:
        for m in "qkv":
            add_linear(f"{name}.{m}", d, d, m != "k")
        add_linear(f"{name}.out", d, d)
        add_norm(f"{name}_ln")

    def add_block(prefix: str, cross: bool) -> None:
        add_attention(prefix + "attn")
        if cross:
            add_attention(prefix + "cross")
        add_linear(prefix + "fc1", 4 * d, d)
        add_linear(prefix + "fc2", d, 4 * d)
        add_norm(prefix + "mlp_ln")

    for name, n_in in (("conv1", n_mels), ("conv2", d)):
        w[name + ".weight"] = (r.standard_normal((d, n_in, 3)) * 0.05).astype(np.float32)
    w["conv1.bias"] = w["conv2.bias"] = np.zeros(d, np.float32)
    frequencies = np.exp(-np.log(10000) / (d // 2 - 1) * np.arange(d // 2))
    t = np.arange(ENCODER_FRAMES)[:, None] * frequencies[None]
    w["enc_pos"] = np.concatenate([np.sin(t), np.cos(t)], 1).astype(np.float32)
    for i in range(dims["enc"]):
        add_block(f"enc.{i}.", cross=False)
    for i in range(dims["dec"]):
        add_block(f"dec.{i}.", cross=True)
    add_norm("enc_ln")
    add_norm("dec_ln")
    w["tok.weight"] = (r.standard_normal((dims["vocab"], d)) * 0.05).astype(np.float32)
    w["dec_pos"] = (r.standard_normal((448, d)) * 0.02).astype(np.float32)
    return w


def main(size: str, out: str, dtypes: list[str]) -> None:
    d, heads, enc, dec = SIZES[size]
    dims = {"vocab": 51865, "d": d, "heads": heads, "enc": enc, "dec": dec, "ctx": 448}
    w = random_weights(dims)
    for dtype in dtypes or SUFFIX:
        write_model(w, dims, dtype, out)
    print(measure_files(out, 10**6), "MB")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
