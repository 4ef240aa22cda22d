#!/usr/bin/env python3
"""The other side of `cairn bench --peer torch`: the same workloads in PyTorch, reported with the same keys.

    python3 torch_peer.py --workload resnet18 --steps 5 --threads 2 --fused --channels-last

Same model, batch size, optimiser and amount of random data as bench/workloads/NAME.cpp; the data lies in memory before the
clock starts. first_step_s counts from the start of the process, so it holds the import, the data and one step (compiled: the
compilation, too). FLOPs: 2 m n k a matrix product or convolution of the forward pass, as much for the gradient of its weights,
and as much again for the gradient of its input where one is needed.
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
    p.add_argument("--warm", type=int, default=-1, help="steps before the clock starts; -1: the workload's own number")
    p.add_argument("--fused", action="store_true", help="the fused implementation of the optimiser")
    p.add_argument("--channels-last", action="store_true", help="images and weights with the channels innermost in memory")
    p.add_argument("--compile", action="store_true", help="torch.compile (needs a C++ compiler)")
    p.add_argument("--bf16", action="store_true", help="forward pass and loss under autocast to bfloat16")
    return p.parse_args()


args = parse()
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, str(args.threads))

import torch  # noqa: E402  (after the environment is set)
from torch import nn  # noqa: E402

torch.set_num_threads(args.threads)
torch.manual_seed(0)


# ---- the models of bench/workloads
def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10))


def lenet():
    maps = [nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*maps, nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def cnn():
    maps = [nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25)]
    return nn.Sequential(*maps, nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))


def conv_norm(i, o, kernel, stride=1):
    return nn.Sequential(nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(o))


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.first, self.second = conv_norm(i, o, 3, stride), conv_norm(o, o, 3)
        self.shortcut = nn.Identity() if i == o else conv_norm(i, o, 1, stride)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.second(self.relu(self.first(x))) + self.shortcut(x))


def resnet18():
    blocks = [Block(64, 64, 1), Block(64, 64, 1)]
    for o in (128, 256, 512):
        blocks += [Block(o // 2, o, 2), Block(o, o, 1)]
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10)]
    return nn.Sequential(conv_norm(3, 64, 3), nn.ReLU(inplace=True), *blocks, *head)


def adam(parameters, **options):
    return torch.optim.Adam(parameters, lr=1e-3, **options)


def momentum_sgd(parameters, **options):
    return torch.optim.SGD(parameters, lr=0.1, momentum=0.9, weight_decay=5e-4, **options)


class Training:
    """One of them with random pictures of ten classes, in the settings that the command line asks for."""

    def __init__(self, model, optimizer, batch, batches, picture, steps, warm):
        self.batch, self.batches, self.steps, self.warm = batch, batches, steps, warm
        self.model = model()
        self.x, self.y = torch.rand(batch * batches, *picture), torch.randint(10, (batch * batches,))
        if args.channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
            self.x = self.x.contiguous(memory_format=torch.channels_last)
        self.optimizer = optimizer(self.model.parameters(), **({"fused": True} if args.fused else {}))
        self.loss = nn.CrossEntropyLoss()
        self.forward = torch.compile(self.model) if args.compile else self.model

    def step(self, i):
        rows = slice(i % self.batches * self.batch, (i % self.batches + 1) * self.batch)
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
            loss = self.loss(self.forward(self.x[rows]), self.y[rows])
        loss.backward()
        self.optimizer.step()
        return loss


WORKLOADS = {
    "mlp": lambda: Training(mlp, adam, 64, 200, (1, 28, 28), steps=4000, warm=50),
    "lenet": lambda: Training(lenet, adam, 64, 200, (1, 28, 28), steps=1000, warm=20),
    "cnn": lambda: Training(cnn, adam, 64, 50, (1, 28, 28), steps=120, warm=5),
    "resnet18": lambda: Training(resnet18, momentum_sgd, 128, 4, (3, 32, 32), steps=5, warm=2),
}


def flops_of_a_step(w):
    """Counts the products of a forward pass, and from what needs a gradient those of the backward pass."""
    total = 0

    def count(layer, inputs, output):
        nonlocal total
        terms = layer.weight[0].numel()  # added up for each number of the output
        total += 2 * output.numel() * terms * (2 + inputs[0].requires_grad)

    hooks = [m.register_forward_hook(count) for m in w.model.modules() if isinstance(m, (nn.Linear, nn.Conv2d))]
    w.model(w.x[:w.batch])
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
    for i in range(w.warm if args.warm < 0 else args.warm):
        w.step(i)
    times = []
    for i in range(steps):
        start = time.perf_counter()
        loss = w.step(i)
        times.append(time.perf_counter() - start)
    total = sum(times)
    mode = "+".join(name for name in ("fused", "channels_last", "compile", "bf16") if getattr(args, name)) or "eager"
    print(json.dumps({
        "workload": args.workload, "threads": args.threads, "steps": steps, "steps_per_s": steps / total,
        "samples_per_s": w.batch * steps / total, "median_step_ms": statistics.median(times) * 1e3,
        "gflop_per_step": flops / 1e9, "gflops": flops * steps / total / 1e9,
        "params": sum(p.numel() for p in w.model.parameters()),
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "first_step_s": first,
        "loss": float(loss.detach()), "torch": torch.__version__, "mode": mode,
        "precision": "bf16" if args.bf16 else "f32"}))


if __name__ == "__main__":
    main()
