"""What the generators of golden files share: cases are written as one safetensors file whose metadata describes them.

Tensor `7.in0` is input 0 of case 7; the metadata entry "cases" is a JSON list with one object a case.
"""
import json
import os

import torch
from safetensors.torch import save_file

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "golden")


class Golden:
    def __init__(self, what):
        self.what, self.cases, self.tensors = what, [], {}

    def add(self, case, **tensors):
        number = len(self.cases)
        self.cases.append(case)
        for name, values in tensors.items():
            for i, value in enumerate(values if isinstance(values, (list, tuple)) else [values]):
                if value is not None:
                    key = f"{number}.{name}{i}" if isinstance(values, (list, tuple)) else f"{number}.{name}"
                    self.tensors[key] = value.detach().clone().contiguous()

    def save(self, name):
        path = os.path.join(FOLDER, name)
        metadata = {"what": self.what, "torch": torch.__version__, "cases": json.dumps(self.cases, separators=(",", ":"))}
        save_file(self.tensors, path, metadata=metadata)
        print(f"{path}: {len(self.cases)} cases, {os.path.getsize(path)} bytes")
