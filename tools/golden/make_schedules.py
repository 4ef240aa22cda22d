#!/usr/bin/env python3
"""Learning rates (and momenta) of every schedule, from PyTorch: tests/golden/schedules.safetensors.

`lr` [steps + 1]: the rate before the first step, after it, and so on; base rate 0.4. For ReduceOnPlateau `metric` is what it sees.
"""
import torch
from torch.optim import lr_scheduler as s

from golden import Golden

STEPS = 40
golden = Golden("learning-rate schedules")


def optimizer(momentum=0.0):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.4, momentum=momentum)


def run(case, make, steps=STEPS, momentum=0.0):
    o = optimizer(momentum)
    schedule = make(o)
    rates, momenta = [o.param_groups[0]["lr"]], [o.param_groups[0]["momentum"]]
    for _ in range(steps):
        o.step()
        schedule.step()
        rates.append(o.param_groups[0]["lr"])
        momenta.append(o.param_groups[0]["momentum"])
    golden.add(case, lr=torch.tensor(rates, dtype=torch.float64), momentum=torch.tensor(momenta, dtype=torch.float64))


run({"kind": "step", "size": 7, "gamma": 0.3}, lambda o: s.StepLR(o, 7, 0.3))
run({"kind": "multi_step", "milestones": [3, 11, 30], "gamma": 0.2}, lambda o: s.MultiStepLR(o, [3, 11, 30], 0.2))
run({"kind": "exponential", "gamma": 0.93}, lambda o: s.ExponentialLR(o, 0.93))
run({"kind": "polynomial", "steps": 33, "power": 2.0}, lambda o: s.PolynomialLR(o, 33, 2.0))
run({"kind": "polynomial", "steps": 50, "power": 0.9}, lambda o: s.PolynomialLR(o, 50, 0.9))
run({"kind": "warmup", "steps": 12, "start": 1 / 3, "end": 1.0}, lambda o: s.LinearLR(o, total_iters=12))
run({"kind": "warmup", "steps": 9, "start": 0.05, "end": 0.8}, lambda o: s.LinearLR(o, 0.05, 0.8, 9))
run({"kind": "cosine", "steps": 40, "low": 0.01}, lambda o: s.CosineAnnealingLR(o, 40, 0.01))
run({"kind": "cosine", "steps": 13, "low": 0.0}, lambda o: s.CosineAnnealingLR(o, 13))
run({"kind": "restarts", "first": 7, "factor": 1, "low": 0.02}, lambda o: s.CosineAnnealingWarmRestarts(o, 7, 1, 0.02))
run({"kind": "restarts", "first": 5, "factor": 2, "low": 0.0}, lambda o: s.CosineAnnealingWarmRestarts(o, 5, 2))
for cosine in (True, False):
    for three in (True, False):
        for rise in (0.3, 0.25):
            run({"kind": "one_cycle", "highest": 0.5, "steps": 40, "rise": rise, "cosine": cosine, "three_phases": three},
                lambda o: s.OneCycleLR(o, 0.5, 40, pct_start=rise, anneal_strategy="cos" if cosine else "linear", three_phase=three),
                steps=39, momentum=0.9)
run({"kind": "sequence"}, lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.1, 1.0, 8), s.CosineAnnealingLR(o, 20), s.ExponentialLR(o, 0.9)], [8, 28]))
run({"kind": "chain"}, lambda o: s.ChainedScheduler([s.LinearLR(o, 0.1, 1.0, 8), s.ExponentialLR(o, 0.95), s.StepLR(o, 10, 0.5)]))

torch.manual_seed(3)
for larger in (False, True):
    for relative in (True, False):
        o = optimizer()
        plateau = s.ReduceLROnPlateau(o, "max" if larger else "min", factor=0.5, patience=2, threshold=0.01,
                                      threshold_mode="rel" if relative else "abs", cooldown=1, min_lr=0.01)
        metric = (2 - 0.1 * torch.arange(STEPS, dtype=torch.float64)).clamp(min=1.2) + 0.02 * torch.rand(STEPS, dtype=torch.float64)
        metric = (10 - metric) if larger else metric
        rates = [o.param_groups[0]["lr"]]
        for m in metric:
            plateau.step(m.item())
            rates.append(o.param_groups[0]["lr"])
        golden.add({"kind": "plateau", "larger": larger, "relative": relative}, lr=torch.tensor(rates, dtype=torch.float64), metric=metric)
golden.save("schedules.safetensors")
