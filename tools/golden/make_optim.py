#!/usr/bin/env python3
"""Trajectories of 20 steps of every optimiser, from PyTorch: tests/golden/optim.safetensors.

Two parameters ([3, 4] and [4]) meet the same stored gradients g_t (in case number `inputs`), to which 0.3 p is added so that what a step does matters for
the next. `path` holds both, flattened one after the other, after each step.
"""
import torch

from golden import Golden

STEPS = 20
golden = Golden("optimisers: 20 steps")
CASES = [
    ("sgd", torch.optim.SGD, {"lr": 0.1}, {}),
    ("sgd", torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}, {}),
    ("sgd", torch.optim.SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.01}, {}),
    ("sgd", torch.optim.SGD, {"lr": 0.05, "momentum": 0.8, "nesterov": True, "weight_decay": 0.02}, {}),
    ("adam", torch.optim.Adam, {"lr": 0.01}, {}),
    ("adam", torch.optim.Adam, {"lr": 0.02, "eps": 1e-3, "weight_decay": 0.1}, {"beta1": 0.8, "beta2": 0.95}),
    ("adamw", torch.optim.AdamW, {"lr": 0.01, "weight_decay": 0.01}, {}),
    ("adamw", torch.optim.AdamW, {"lr": 0.02, "weight_decay": 0.3}, {"beta1": 0.7, "beta2": 0.9}),
    ("nadam", torch.optim.NAdam, {"lr": 0.002}, {}),
    ("nadam", torch.optim.NAdam, {"lr": 0.02, "weight_decay": 0.1, "momentum_decay": 0.01}, {"beta1": 0.8, "beta2": 0.95}),
    ("rmsprop", torch.optim.RMSprop, {"lr": 0.01}, {}),
    ("rmsprop", torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.9, "eps": 1e-4, "weight_decay": 0.05, "momentum": 0.9}, {}),
    ("adagrad", torch.optim.Adagrad, {"lr": 0.1}, {}),
    ("adagrad", torch.optim.Adagrad, {"lr": 0.1, "lr_decay": 0.05, "weight_decay": 0.1, "eps": 1e-6}, {"start": 0.2}),
]

for dtype in (torch.float64, torch.float32):
    torch.set_default_dtype(dtype)  # NAdam keeps its product of mu in the default type
    torch.manual_seed(7)
    start, gradients = torch.randn(16), torch.randn(STEPS, 16)
    inputs = len(golden.cases)
    golden.add({"what": "inputs"}, start=start, gradients=gradients)
    for name, cls, options, other in CASES:
        p, q = start[:12].reshape(3, 4).clone().requires_grad_(), start[12:].clone().requires_grad_()
        extra = {}
        if "beta1" in other:
            extra["betas"] = (other["beta1"], other["beta2"])
        if "start" in other:
            extra["initial_accumulator_value"] = other["start"]
        optimizer = cls([p, q], **options, **extra)
        path = []
        for g in gradients:
            p.grad = g[:12].reshape(3, 4) + 0.3 * p.detach()
            q.grad = g[12:] + 0.3 * q.detach()
            optimizer.step()
            path.append(torch.cat([p.detach().flatten(), q.detach()]))
        golden.add({"optimizer": name, "inputs": inputs, "options": {**options, **other}}, path=torch.stack(path))
golden.save("optim.safetensors")

# Clipping by norm and by value, and a moving average of the weights.
clip = Golden("clipping by norm and by value; moving average of the weights")
torch.set_default_dtype(torch.float64)
torch.manual_seed(8)
for max_norm in (0.5, 100.0):
    a, b = torch.nn.Parameter(torch.zeros(3, 4)), torch.nn.Parameter(torch.zeros(4))
    a.grad, b.grad = torch.randn(3, 4), torch.randn(4)
    before = [a.grad.clone(), b.grad.clone()]
    norm = torch.nn.utils.clip_grad_norm_([a, b], max_norm)
    clip.add({"kind": "norm", "max_norm": max_norm}, before=before, after=[a.grad, b.grad], norm=norm)
a = torch.nn.Parameter(torch.zeros(3, 4))
a.grad = torch.randn(3, 4)
before = [a.grad.clone()]
torch.nn.utils.clip_grad_value_([a], 0.4)
clip.add({"kind": "value", "limit": 0.4}, before=before, after=[a.grad])
model = torch.nn.Linear(3, 2)
ema = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.9))
ema.update_parameters(model)  # the first update copies
weights, averages = [model.weight.detach().clone()], []
for _ in range(5):
    with torch.no_grad():
        model.weight += torch.randn_like(model.weight)
    weights.append(model.weight.detach().clone())
    ema.update_parameters(model)
    averages.append(ema.module.weight.detach().clone())
clip.add({"kind": "ema", "decay": 0.9}, weights=weights, averages=averages)
clip.save("optim_helpers.safetensors")
