#!/usr/bin/env python3
"""tools/check_safetensors.py FILE...: does the reference library read these safetensors files? Prints each tensor's type and shape.

Skips, saying so, where Python or its packages safetensors and numpy are missing. Fails when a file is refused, or when the values
that it reads are not the bytes of the file.
"""
import json
import struct
import sys

try:
    import numpy  # noqa: F401
    from safetensors import SafetensorError, safe_open
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(0)

bad = 0
for path in sys.argv[1:]:
    with open(path, "rb") as f:
        (length,) = struct.unpack("<Q", f.read(8))
        header = json.loads(f.read(length))
        values = f.read()
    try:
        with safe_open(path, framework="np") as tensors:
            print(f"{path}: {len(tensors.keys())} tensors, metadata {tensors.metadata()}")
            for name in tensors.keys():
                part = tensors.get_slice(name)
                print(f"  {name}: {part.get_dtype()} {part.get_shape()}")
                if part.get_dtype() == "BF16":      # NumPy has none: the header's word must do
                    continue
                begin, end = header[name]["data_offsets"]
                if tensors.get_tensor(name).tobytes() != values[begin:end]:
                    print(f"  {name}: other values than the file's")
                    bad = 1
    except SafetensorError as e:
        print(f"{path}: refused: {e}")
        bad = 1
sys.exit(bad)
