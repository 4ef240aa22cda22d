#!/usr/bin/env python3
"""Whole models from PyTorch, built here in plain torch with the structure and the names that torchvision and timm give theirs.

models.safetensors  narrow nets with random weights and moved running statistics: state, images, logits, a gradient. Read by
                    cairn/models/golden_test.cpp.
model_names.txt     "model name [shape]" of full-size state dicts, torchvision's and (timm_...) timm's. Read by cairn/models/names_test.cpp.
"""
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

from golden import FOLDER, Golden

torch.manual_seed(20244)


def conv_bn(i, o, k, s=1, p=0):
    return nn.Conv2d(i, o, k, s, p, bias=False), nn.BatchNorm2d(o)


# ---- ResNet, with torchvision's names
class Pad(nn.Module):
    """Every second pixel, and half of the new channels as zeros before the old ones, half behind."""

    def __init__(self, new):
        super().__init__()
        self.new = new

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.new // 2, self.new - self.new // 2))


class Basic(nn.Module):
    grows = 1

    def __init__(self, i, maps, s, pad):
        super().__init__()
        self.conv1, self.bn1 = conv_bn(i, maps, 3, s, 1)
        self.conv2, self.bn2 = conv_bn(maps, maps, 3, 1, 1)
        self.downsample = shortcut(i, maps, s, pad)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (self.downsample(x) if self.downsample else x))


class Bottle(nn.Module):
    grows = 4

    def __init__(self, i, maps, s, pad):
        super().__init__()
        self.conv1, self.bn1 = conv_bn(i, maps, 1)
        self.conv2, self.bn2 = conv_bn(maps, maps, 3, s, 1)
        self.conv3, self.bn3 = conv_bn(maps, 4 * maps, 1)
        self.downsample = shortcut(i, 4 * maps, s, pad)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (self.downsample(x) if self.downsample else x))


def shortcut(i, o, s, pad):
    if i == o and s == 1:
        return None
    return Pad(o - i) if pad else nn.Sequential(*conv_bn(i, o, 1, s))


class ResNet(nn.Module):
    def __init__(self, block, depths, width=64, classes=1000, cifar=False, pad=False):
        super().__init__()
        self.cifar, self.stages = cifar, len(depths)
        self.conv1, self.bn1 = conv_bn(3, width, *((3, 1, 1) if cifar else (7, 2, 3)))
        i = width
        for stage, depth in enumerate(depths):
            blocks = []
            for n in range(depth):
                blocks.append(block(i, width << stage, 2 if stage and not n else 1, pad))
                i = (width << stage) * block.grows
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(i, classes)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        if not self.cifar:
            y = F.max_pool2d(y, 3, 2, 1)
        for stage in range(self.stages):
            y = getattr(self, f"layer{stage + 1}")(y)
        return self.fc(y.mean((2, 3)))


# ---- AlexNet and VGG: features, pool, classifier
class Features(nn.Module):
    def __init__(self, features, size, classifier):
        super().__init__()
        self.features, self.size, self.classifier = features, size, classifier

    def forward(self, x):
        return self.classifier(F.adaptive_avg_pool2d(self.features(x), self.size).flatten(1))


def alexnet(w=64, hidden=4096, classes=1000, small=False):
    pool = (lambda: nn.MaxPool2d(2)) if small else (lambda: nn.MaxPool2d(3, 2))
    first = nn.Conv2d(3, w, 3, 2, 1) if small else nn.Conv2d(3, w, 11, 4, 2)
    side = 2 if small else 6
    features = nn.Sequential(first, nn.ReLU(), pool(), nn.Conv2d(w, 3 * w, 5, padding=2), nn.ReLU(), pool(), nn.Conv2d(3 * w, 6 * w, 3, padding=1),
                             nn.ReLU(), nn.Conv2d(6 * w, 4 * w, 3, padding=1), nn.ReLU(), nn.Conv2d(4 * w, 4 * w, 3, padding=1), nn.ReLU(), pool())
    classifier = nn.Sequential(nn.Dropout(), nn.Linear(4 * w * side * side, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(),
                               nn.Linear(hidden, classes))
    return Features(features, side, classifier)


def vgg(depths, bn=False, w=64, hidden=4096, classes=1000, small=False):
    layers, i = [], 3
    for stage, depth in enumerate(depths):
        o = w << min(stage, 3)
        for _ in range(depth):
            layers += [nn.Conv2d(i, o, 3, padding=1)] + ([nn.BatchNorm2d(o)] if bn else []) + [nn.ReLU()]
            i = o
        layers.append(nn.MaxPool2d(2))
    if small:
        return Features(nn.Sequential(*layers), 1, nn.Sequential(nn.Linear(i, classes)))
    classifier = nn.Sequential(nn.Linear(i * 49, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(),
                               nn.Linear(hidden, classes))
    return Features(nn.Sequential(*layers), 7, classifier)


class TimmVGG(nn.Module):
    """timm's: the two hidden Linear layers are convolutions."""

    def __init__(self, depths, bn=False, w=64, hidden=4096, classes=1000):
        super().__init__()
        self.features = vgg(depths, bn, w, hidden, classes).features
        self.pre_logits = nn.Module()
        self.pre_logits.fc1 = nn.Conv2d(8 * w, hidden, 7)
        self.pre_logits.fc2 = nn.Conv2d(hidden, hidden, 1)
        self.head = nn.Module()
        self.head.fc = nn.Linear(hidden, classes)

    def forward(self, x):
        y = F.adaptive_avg_pool2d(self.features(x), 7)
        y = F.relu(self.pre_logits.fc2(F.relu(self.pre_logits.fc1(y))))
        return self.head.fc(y.flatten(1))


# ---- MobileNetV2
TABLE = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


def eights(v):
    n = max(8, int(v + 4) // 8 * 8)
    return n + 8 if n < 0.9 * v else n


def cbr(i, o, k, s=1, g=1):
    return nn.Sequential(nn.Conv2d(i, o, k, s, (k - 1) // 2, groups=g, bias=False), nn.BatchNorm2d(o), nn.ReLU6())


class Inverted(nn.Module):
    def __init__(self, i, o, s, t):
        super().__init__()
        self.skip = s == 1 and i == o
        self.conv = nn.Sequential(*([cbr(i, i * t, 1)] if t != 1 else []), cbr(i * t, i * t, 3, s, i * t), *conv_bn(i * t, o, 1))

    def forward(self, x):
        return x + self.conv(x) if self.skip else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, width=1.0, last=1280, classes=1000):
        super().__init__()
        i = eights(32 * width)
        layers = [cbr(3, i, 3, 2)]
        for t, c, n, s in TABLE:
            for j in range(n):
                o = eights(c * width)
                layers.append(Inverted(i, o, s if not j else 1, t))
                i = o
        last = eights(last * max(1.0, width))
        layers.append(cbr(i, last, 1))
        self.features, self.classifier = nn.Sequential(*layers), nn.Sequential(nn.Dropout(0.2), nn.Linear(last, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class TimmSeparable(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.skip = i == o
        self.conv_dw, self.bn1 = nn.Conv2d(i, i, 3, 1, 1, groups=i, bias=False), nn.BatchNorm2d(i)
        self.conv_pw, self.bn2 = conv_bn(i, o, 1)

    def forward(self, x):
        y = self.bn2(self.conv_pw(F.relu6(self.bn1(self.conv_dw(x)))))
        return x + y if self.skip else y


class TimmInverted(nn.Module):
    def __init__(self, i, o, s, t):
        super().__init__()
        self.skip = s == 1 and i == o
        self.conv_pw, self.bn1 = conv_bn(i, i * t, 1)
        self.conv_dw, self.bn2 = nn.Conv2d(i * t, i * t, 3, s, 1, groups=i * t, bias=False), nn.BatchNorm2d(i * t)
        self.conv_pwl, self.bn3 = conv_bn(i * t, o, 1)

    def forward(self, x):
        y = F.relu6(self.bn2(self.conv_dw(F.relu6(self.bn1(self.conv_pw(x))))))
        y = self.bn3(self.conv_pwl(y))
        return x + y if self.skip else y


class TimmMobileNetV2(nn.Module):
    def __init__(self, width=1.0, last=1280, classes=1000):
        super().__init__()
        i = eights(32 * width)
        self.conv_stem, self.bn1 = conv_bn(3, i, 3, 2, 1)
        stages = []
        for t, c, n, s in TABLE:
            blocks = []
            for j in range(n):
                o = eights(c * width)
                blocks.append(TimmSeparable(i, o) if t == 1 else TimmInverted(i, o, s if not j else 1, t))
                i = o
            stages.append(nn.Sequential(*blocks))
        self.blocks = nn.Sequential(*stages)
        self.conv_head, self.bn2 = conv_bn(i, last, 1)
        self.classifier = nn.Linear(last, classes)

    def forward(self, x):
        y = self.blocks(F.relu6(self.bn1(self.conv_stem(x))))
        return self.classifier(F.relu6(self.bn2(self.conv_head(y))).mean((2, 3)))


# ---- writing
golden = Golden("narrow models: state and images (bf16, so that the file is small), logits in evaluation and in training (no dropout), the "
                "gradient of the first weight of sum(logits^2) in training; timm: what the state's names are there")


def rounded(t):
    return t.bfloat16().float()


def case(model, net, shape, timm=None):
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
    if timm:
        about["timm"] = dict(zip(state, timm.state_dict()))
        timm.load_state_dict({k: v.reshape(own.shape) for (k, own), v in zip(timm.state_dict().items(), state.values())})
        assert torch.allclose(timm.double().eval()(x.double()), y)
    net.train()
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
golden.save("models.safetensors")

names = []
with torch.device("meta"):
    for model, net in [("alexnet", alexnet()), ("vgg11", vgg([1, 1, 2, 2, 2])), ("vgg16_bn", vgg([2, 2, 3, 3, 3], bn=True)),
                       ("timm_vgg16_bn", TimmVGG([2, 2, 3, 3, 3], bn=True)), ("resnet18", ResNet(Basic, [2, 2, 2, 2])),
                       ("resnet50", ResNet(Bottle, [3, 4, 6, 3])), ("mobilenet_v2", MobileNetV2()), ("timm_mobilenet_v2", TimmMobileNetV2())]:
        names += [f"{model} {k} [{', '.join(map(str, v.shape))}]\n" for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")]
with open(os.path.join(FOLDER, "model_names.txt"), "w") as f:
    f.writelines(names)
