#!/usr/bin/env python3
"""What PyTorch's initialisers draw: deviation, mean and largest value of large samples, in tests/golden/init.safetensors.

Draws differ between libraries, so the C++ side compares these numbers within their statistical error; bounds are exact.
"""
import torch
from torch import nn
from torch.nn import init

from golden import Golden

golden = Golden("initialisers: statistics")
torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def add(name, shape, f, **attributes):
    x = f(torch.empty(*shape))
    golden.add({"init": name, "shape": list(shape), **attributes}, stats=torch.stack([x.mean(), x.std(), x.min(), x.max()]))


for shape in [(300, 200), (64, 48, 3, 3)]:
    add("xavier_uniform", shape, lambda x: init.xavier_uniform_(x, 1.5), gain=1.5)
    add("xavier_normal", shape, lambda x: init.xavier_normal_(x, 0.5), gain=0.5)
    for mode in ("fan_in", "fan_out"):
        add("kaiming_uniform", shape, lambda x: init.kaiming_uniform_(x, 0.3, mode), slope=0.3, fan=mode)
        add("kaiming_normal", shape, lambda x: init.kaiming_normal_(x, 0.0, mode), slope=0.0, fan=mode)
    add("trunc_normal", shape, lambda x: init.trunc_normal_(x, 0.5, 2.0, -1.0, 3.0), mean=0.5, deviation=2.0, low=-1.0, high=3.0)
for name in ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"):
    golden.add({"gain": name}, value=torch.tensor([init.calculate_gain(name)]))
golden.add({"gain": "leaky_relu", "slope": 0.3}, value=torch.tensor([init.calculate_gain("leaky_relu", 0.3)]))
layer = nn.Linear(400, 300)
golden.add({"layer": "linear", "in": 400, "out": 300},
           weight=torch.stack([layer.weight.std(), layer.weight.abs().max()]), bias=torch.stack([layer.bias.std(), layer.bias.abs().max()]))
golden.save("init.safetensors")
