#!/usr/bin/env python3
"""Files as the reference libraries write them: tests/golden/io.safetensors (safetensors), io.npz and io_packed.npz (NumPy).

The values follow one rule, element i of an array of n is i - n // 2 (bools: i is odd), so the tests know them without reading them.
"""
import os

import numpy as np
import torch
from safetensors.torch import save_file

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "golden")


def values(shape):
    n = int(np.prod(shape))
    return (np.arange(n) - n // 2).reshape(shape)


tensors = {"scalar": torch.tensor(0.0), "empty": torch.zeros(0, 3), "a name with ü and \"quotes\"": torch.from_numpy(values((2, 3)).astype("f4"))}
for name, dtype in {"f64": torch.float64, "f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16, "i64": torch.int64, "i32": torch.int32,
                    "i8": torch.int8}.items():
    tensors[name] = torch.from_numpy(values((3, 4)).astype("i8")).to(dtype)
tensors["u8"] = torch.arange(5, dtype=torch.uint8)
tensors["bool"] = torch.tensor([False, True, False])
save_file(tensors, os.path.join(FOLDER, "io.safetensors"), metadata={"format": "pt"})

arrays = {"f4": values((2, 3)).astype("<f4"), "f8_big": values((2, 3)).astype(">f8"), "f2": values((4,)).astype("f2"), "i8": values((2, 2, 2)).astype("i8"),
          "i4_fortran": np.asfortranarray(values((2, 3, 4)).astype("i4")), "i2": values((5,)).astype("i2"), "u2": np.array([0, 65535], "u2"),
          "u4_big": np.array([0, 4294967295], ">u4"), "u1": np.arange(3, dtype="u1"), "i1": values((3,)).astype("i1"), "bool": np.array([False, True]),
          "scalar": np.float32(0), "empty": np.zeros((0, 3), "f4")}
np.savez(os.path.join(FOLDER, "io.npz"), **arrays)
np.savez_compressed(os.path.join(FOLDER, "io_packed.npz"), **arrays)
