#!/usr/bin/env python3
"""The other side of `cairn bench --peer torch`: the same workloads in PyTorch, reported with the same keys.

    python3 torch_peer.py --workload mlp --steps 4000 --threads 2 --fused

Same model, batch size, optimiser and amount of random data as bench/workloads/NAME.cpp; the data lies in memory before the
clock starts. first_step_s counts from the start of the process, so it holds the import, the data and one step.
FLOPs: 2 m n k a matrix product of the forward pass, as much for the gradient of its weights, and as much again for the
gradient of its input where one is needed.
"""
import argparse
import json
import os
import resource
import statistics
import time


def seconds_of_life():
    """Since the kernel started this process (field 22 of its stat line; the name in field 2 may hold blanks)."""
    with open("/proc/self/stat") as stat:
        started = int(stat.read().rpartition(")")[2].split()[22 - 3]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--workload", required=True)
    p.add_argument("--steps", type=int, default=0, help="timed steps; 0: the workload's own number")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--fused", action="store_true", help="the fused implementation of the optimiser")
    return p.parse_args()


args = parse()
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, str(args.threads))

import torch  # noqa: E402  (after the environment is set)
from torch import nn  # noqa: E402

torch.set_num_threads(args.threads)
torch.manual_seed(0)


class Mlp:
    steps, warm, batch, batches = 4000, 50, 64, 200

    def __init__(self):
        self.model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10))
        options = {"fused": True} if args.fused else {}
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, **options)
        self.loss = nn.CrossEntropyLoss()
        self.x = torch.rand(self.batch * self.batches, 1, 28, 28)
        self.y = torch.randint(10, (self.batch * self.batches,))

    def step(self, i):
        rows = slice(i % self.batches * self.batch, (i % self.batches + 1) * self.batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(self.x[rows]), self.y[rows])
        loss.backward()
        self.optimizer.step()
        return loss


WORKLOADS = {"mlp": Mlp}


def flops_of_a_step(w):
    """Runs one step and counts the products of every linear layer."""
    total = 0

    def count(layer, inputs, _):
        nonlocal total
        x = inputs[0]
        total += 2 * x.numel() * layer.out_features * (2 + x.requires_grad)

    hooks = [m.register_forward_hook(count) for m in w.model.modules() if isinstance(m, nn.Linear)]
    w.step(1)
    for h in hooks:
        h.remove()
    return total


def main():
    if args.workload not in WORKLOADS:
        raise SystemExit(f"no workload '{args.workload}' here, only {', '.join(WORKLOADS)}")
    w = WORKLOADS[args.workload]()
    steps = args.steps or w.steps
    w.step(0)
    first = seconds_of_life()
    flops = flops_of_a_step(w)
    for i in range(w.warm):
        w.step(i)
    times = []
    for i in range(steps):
        start = time.perf_counter()
        loss = w.step(i)
        times.append(time.perf_counter() - start)
    total = sum(times)
    print(json.dumps({
        "workload": args.workload, "threads": args.threads, "steps": steps, "steps_per_s": steps / total,
        "samples_per_s": w.batch * steps / total, "median_step_ms": statistics.median(times) * 1e3,
        "gflop_per_step": flops / 1e9, "gflops": flops * steps / total / 1e9,
        "params": sum(p.numel() for p in w.model.parameters()),
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "first_step_s": first,
        "loss": float(loss.detach()), "torch": torch.__version__, "mode": "fused" if args.fused else "eager"}))


if __name__ == "__main__":
    main()
