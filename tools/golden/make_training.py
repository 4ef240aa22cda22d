#!/usr/bin/env python3
"""Ten steps of training in PyTorch from given weights: training.safetensors, read by cairn/models/training_golden_test.cpp.

Weights and images are numbers of bf16, so that the file is small; PyTorch computes in double, so that its own rounding is no part of what is
expected. A case: state (at the start), x [2, batch, ...], y [2, batch] (the batches take turns, so that the losses fall), loss [steps], logits (of
the first batch, in evaluation, after the last step).

A case counts only when it is well conditioned: weights moved by the rounding of f32 must leave every loss within 1e-7, else the file would ask for
what no arithmetic of 32 bits can promise. (At a rate of 0.05 the small VGG's fourth step meets two pixels that are equal to the seventh digit, and max
pooling's choice between them changes the tenth loss by 6e-3.)
"""
import copy

import torch
import torch.nn as nn

from golden import Golden
from nets import TRAINED

STEPS, BATCHES, BATCH = 10, 2, 16
torch.manual_seed(20245)
golden = Golden("ten steps of training: state at the start and images (bf16), labels, the loss of each step, logits of the first batch afterwards")


def rounded(t):
    return t.bfloat16().double()


def momentum_sgd(parameters, lr):
    return torch.optim.SGD(parameters, lr=lr, momentum=0.9, weight_decay=5e-4)


def adam(parameters, lr):
    return torch.optim.Adam(parameters, lr=lr)


def train(net, optimizer, x, y):
    losses = []
    for step in range(STEPS):
        loss = nn.functional.cross_entropy(net(x[step % BATCHES]), y[step % BATCHES])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)


def moved(net, seed):
    """A copy whose weights are off by about the rounding of f32."""
    generator = torch.Generator().manual_seed(seed)
    net = copy.deepcopy(net)
    with torch.no_grad():
        for p in net.parameters():
            p.mul_(1 + 6e-8 * torch.randn(p.shape, generator=generator, dtype=torch.float64))
    return net


for name, optimizer_of, lr in (("lenet", adam, 1e-3), ("resnet", momentum_sgd, 0.05), ("vgg_bn", momentum_sgd, 0.01)):
    make, picture = TRAINED[name]
    net = make().double()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(rounded(p))
    start = {k: v.clone() for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    x, y = rounded(torch.randn(BATCHES, BATCH, *picture)), torch.randint(10, (BATCHES, BATCH))
    moved_losses = [train(other, optimizer_of(other.parameters(), lr), x, y) for other in (moved(net, seed) for seed in range(10))]
    losses = train(net, optimizer_of(net.parameters(), lr), x, y)
    spread = max(float(((other - losses) / losses).abs().max()) for other in moved_losses)
    assert spread < 1e-7, f"{name}: the rounding of f32 changes a loss by {spread:.1e}"
    number = len(golden.cases)
    golden.add({"model": name, "optimizer": optimizer_of.__name__, "lr": lr}, x=x.bfloat16(), y=y.to(torch.uint8), loss=losses,
               logits=net.eval()(x[0]).detach())
    for key, value in start.items():
        golden.tensors[f"{number}.state.{key}"] = value.bfloat16()
    print(name, sum(v.numel() for v in start.values()), "values, losses", [round(float(v), 4) for v in losses])
golden.save("training.safetensors")
