#!/usr/bin/env python3
"""Whole models from PyTorch (nets.py).

models.safetensors  narrow nets with random weights and moved running statistics: state, images, logits, a gradient. Read by
                    cairn/models/golden_test.cpp.
model_names.txt     "model name [shape]" of full-size state dicts, torchvision's and (timm_...) timm's. Read by cairn/models/names_test.cpp.
"""
import os

import torch
import torch.nn as nn

from golden import FOLDER, Golden
from nets import (Basic, Bottle, LeNet, MobileNetV2, ResNet, TimmMobileNetV2, TimmVGG, alexnet, cifar_cnn, convnet, mnist_cnn, vgg)

torch.manual_seed(20244)


golden = Golden("narrow models: state and images (bf16, so that the file is small), logits in evaluation and in training (no dropout), the "
                "gradient of the first weight of sum(logits^2) in training (as in evaluation where evaluation_only says so); timm: what the "
                "state's names are there")


def rounded(t):
    return t.bfloat16().float()


def case(model, net, shape, timm=None, evaluation_only=False):
    with torch.no_grad():
        for name, p in net.named_parameters():
            if p.ndim == 1 and name.endswith("weight"):
                p.copy_(rounded(torch.rand_like(p) + 0.5))
            elif p.ndim == 1:
                p.copy_(rounded(torch.randn_like(p) * 0.2))
            else:                                           # so that nothing dies out on the way to the logits
                p.copy_(rounded(torch.randn_like(p) * (2 / p[0].numel()) ** 0.5))
        for name, b in net.named_buffers():
            if b.is_floating_point():
                b.copy_(rounded(torch.rand_like(b) * 0.5 + (0.5 if name.endswith("var") else 0)))
    for m in net.modules():
        if isinstance(m, nn.Dropout):
            m.p = 0.0
    state = {k: v.clone() for k, v in net.state_dict().items()}
    x = rounded(torch.randn(*shape))
    net.double().eval()                                     # PyTorch's own rounding is not part of what is expected
    y = net(x.double()).detach()
    about = {"model": model}
    if evaluation_only:
        about["evaluation_only"] = True
    if timm:
        about["timm"] = dict(zip(state, timm.state_dict()))
        timm.load_state_dict({k: v.reshape(own.shape) for (k, own), v in zip(timm.state_dict().items(), state.values())})
        assert torch.allclose(timm.double().eval()(x.double()), y)
    net.train(not evaluation_only)
    z = net(x.double())
    first = next(net.parameters())
    grad, = torch.autograd.grad(z.square().sum(), first)
    number = len(golden.cases)
    golden.add(about, x=x.bfloat16(), y=y.float(), z=z.float(), grad=grad.float())
    for name, v in state.items():
        if not name.endswith("num_batches_tracked"):
            golden.tensors[f"{number}.state.{name}"] = v.bfloat16()
    print(model, sum(v.numel() for v in state.values()), "values, logits", [round(v, 3) for v in y[0, :3].tolist()])


case("alexnet", alexnet(1, 8, 5), (1, 3, 67, 63))
case("alexnet_cifar", alexnet(1, 8, 5, small=True), (2, 3, 32, 32))
case("vgg11", vgg([1, 1, 2, 2, 2], w=1, hidden=8, classes=5), (2, 3, 32, 35))
case("vgg11_bn", vgg([1, 1, 2, 2, 2], bn=True, w=1, hidden=8, classes=5), (3, 3, 33, 40), TimmVGG([1, 1, 2, 2, 2], bn=True, w=1, hidden=8, classes=5))
case("vgg11_cifar", vgg([1, 1, 2, 2, 2], bn=True, w=1, classes=5, small=True), (4, 3, 32, 32))
case("resnet_basic", ResNet(Basic, [1, 2, 1, 1], 2, 5), (3, 3, 37, 33))
case("resnet_bottleneck", ResNet(Bottle, [1, 2, 1, 1], 1, 5), (3, 3, 32, 40))
case("resnet_padded", ResNet(Basic, [1, 2, 1], 4, 5, cifar=True, pad=True), (2, 3, 17, 16))
case("resnet_cifar", ResNet(Basic, [1, 1, 1, 1], 2, 5, cifar=True), (2, 3, 24, 24))
case("mobilenet_v2", MobileNetV2(0.1, 32, 5), (6, 3, 32, 40), TimmMobileNetV2(0.1, 32, 5))
case("lenet", LeNet(), (2, 1, 28, 28))
case("convnet", convnet(), (2, 1, 12, 12), evaluation_only=True)        # their dropout cannot be switched off otherwise
case("mnist_cnn", mnist_cnn(), (2, 1, 8, 8), evaluation_only=True)
case("cifar_cnn", cifar_cnn(), (2, 3, 12, 12), evaluation_only=True)
golden.save("models.safetensors")

names = []
with torch.device("meta"):
    for model, net in [("alexnet", alexnet()), ("vgg11", vgg([1, 1, 2, 2, 2])), ("vgg16_bn", vgg([2, 2, 3, 3, 3], bn=True)),
                       ("timm_vgg16_bn", TimmVGG([2, 2, 3, 3, 3], bn=True)), ("resnet18", ResNet(Basic, [2, 2, 2, 2])),
                       ("resnet50", ResNet(Bottle, [3, 4, 6, 3])), ("mobilenet_v2", MobileNetV2()), ("timm_mobilenet_v2", TimmMobileNetV2())]:
        names += [f"{model} {k} [{', '.join(map(str, v.shape))}]\n" for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")]
with open(os.path.join(FOLDER, "model_names.txt"), "w") as f:
    f.writelines(names)
