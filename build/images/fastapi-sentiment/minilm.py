"""all-MiniLM-L6-v2 in PyTorch, with the weights of its ONNX file."""

import math
import unicodedata

import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

LAYERS, HEADS, HIDDEN, MAX_TOKENS, EPSILON = 6, 12, 384, 256, 1e-12


class Encoder:
    """Turns a text into a vector of length 1: the mean of its tokens' last hidden states."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        weights = {w.name: torch.from_numpy(numpy_helper.to_array(w).copy()) for w in graph.initializer}
        # An exporter leaves names to biases and norms only. The matrices stand, transposed, in the order in which they are used:
        # query, key, value, attention output, intermediate, output.
        matrices = [weights[n.input[1]] for n in graph.node if n.op_type == "MatMul" and n.input[1] in weights]
        if len(matrices) != 6 * LAYERS:
            raise ValueError(f"{path}: {len(matrices)} weight matrices, expected {6 * LAYERS}")
        self.words = weights["embeddings.word_embeddings.weight"]
        self.start = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self.norm = norm(weights, "embeddings.LayerNorm")
        self.layers = [Layer(weights, f"encoder.layer.{i}.", matrices[6 * i : 6 * i + 6]) for i in range(LAYERS)]

    @torch.inference_mode()
    def encode(self, ids):
        x = self.norm(self.words[ids] + self.start[: len(ids)])
        for layer in self.layers:
            x = layer(x)
        return functional.normalize(x.mean(dim=0), dim=0)


class Layer:
    def __init__(self, weights, prefix, matrices):
        names = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]
        names += ["intermediate.dense", "output.dense"]
        # Contiguous, as torch multiplies by the transpose of what it is given.
        self.query, self.key, self.value, self.mixed, self.wide, self.narrow = (
            (m.t().contiguous(), weights[f"{prefix}{name}.bias"]) for m, name in zip(matrices, names)
        )
        self.attention_norm = norm(weights, prefix + "attention.output.LayerNorm")
        self.output_norm = norm(weights, prefix + "output.LayerNorm")

    def __call__(self, x):
        def heads(y):
            return y.view(len(x), HEADS, HIDDEN // HEADS).transpose(0, 1)

        query, key, value = (heads(functional.linear(x, *w)) for w in (self.query, self.key, self.value))
        scores = torch.softmax(query @ key.transpose(1, 2) / math.sqrt(HIDDEN // HEADS), dim=-1)
        mixed = (scores @ value).transpose(0, 1).reshape(len(x), HIDDEN)
        x = self.attention_norm(x + functional.linear(mixed, *self.mixed))
        wide = functional.gelu(functional.linear(x, *self.wide))
        return self.output_norm(x + functional.linear(wide, *self.narrow))


def norm(weights, name):
    weight, bias = weights[name + ".weight"], weights[name + ".bias"]
    return lambda x: functional.layer_norm(x, (HIDDEN,), weight, bias, EPSILON)


class Tokenizer:
    """BERT's: lower case, no accents, words and punctuation, then the longest pieces of the vocabulary."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            self.ids = {line.rstrip("\n"): i for i, line in enumerate(lines)}

    def encode(self, text):
        ids = [i for word in words(text) for i in self.pieces(word)]
        return [self.ids["[CLS]"], *ids[: MAX_TOKENS - 2], self.ids["[SEP]"]]

    def pieces(self, word):
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self.ids.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return [self.ids["[UNK]"]]
            found.append(piece)
            start = end
        return found


def words(text):
    word = ""
    for c in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(c)
        if category == "Mn" or c in "\0\ufffd" or (category in ("Cc", "Cf") and c not in "\t\n\r"):
            continue
        alone = category[0] == "P" or (c.isascii() and c.isprintable() and not c.isalnum() and c != " ") or is_cjk(ord(c))
        if alone or c.isspace():
            if word:
                yield word
            word = ""
            if alone:
                yield c
        else:
            word += c
    if word:
        yield word


def is_cjk(c):
    return any(a <= c <= b for a, b in (
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
        (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)))  # fmt: skip
