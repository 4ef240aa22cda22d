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

    def case(self, op, f, inputs, gradient=True, types=(torch.float64, torch.float32), **attributes):
        """A call of an op: inputs, the outputs, random weights `dy` of the floating outputs, and the gradients of sum(dy * y) with
        respect to the floating inputs. f takes the inputs; attributes are only what the C++ side needs to make the same call."""
        floating = [x is not None and x.is_floating_point() for x in inputs]
        for t in types if any(floating) else types[:1]:
            xs = [x.to(t).requires_grad_(gradient) if fl else x for x, fl in zip(inputs, floating)]
            ys = f(*xs)
            ys = list(ys) if isinstance(ys, (tuple, list)) else [ys]
            dys, grads = [None] * len(ys), [None] * len(xs)
            if gradient and any(floating):
                dys = [torch.randn(y.shape, dtype=t) if y.is_floating_point() and y.requires_grad else None for y in ys]
                loss = sum((y * dy).sum() for y, dy in zip(ys, dys) if dy is not None)
                wanted = [x for x, fl in zip(xs, floating) if fl]
                found = iter(torch.autograd.grad(loss, wanted, allow_unused=True))
                grads = [next(found) if fl else None for fl in floating]
            self.add({"op": op, "inputs": len(xs), "outputs": len(ys), "attributes": attributes}, **{"in": xs}, out=ys, dy=dys, grad=grads)

    def save(self, name):
        path = os.path.join(FOLDER, name)
        metadata = {"what": self.what, "torch": torch.__version__, "cases": json.dumps(self.cases, separators=(",", ":"))}
        save_file(self.tensors, path, metadata=metadata)
        print(f"{path}: {len(self.cases)} cases, {os.path.getsize(path)} bytes")
