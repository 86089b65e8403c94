# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the gradients recorded in composed_gradients.h to PyTorch's autograd.
import re
import sys

import torch


def numbers(shape, factor, less):
    size = torch.Size(shape).numel()
    steps = torch.arange(1, size + 1, dtype=torch.float64)
    return (steps * 0.6180339887498949 % 1 * factor - less).reshape(shape)


def double(rows):
    return torch.tensor(rows, dtype=torch.float64)


A = numbers((3, 3), 3, 1.6) + torch.diag(double([2., 3., 4.]))
b = numbers((3,), 2, -0.3)
H = double([[0., 0.7, 0.3], [1., 0., 0.]])
Z = double([[1., 0., 1.], [1., 1., 1.]])
text = open(sys.argv[1]).read()
rows = re.findall(r'\{"(.*)",\n\s*"(.*)",\n\s*"(.*)"\}', text)
failed = 0
for call, spelled, recorded in rows:
    x = numbers((2, 3), 3, 1.6).requires_grad_()
    eval(spelled).backward()
    expected = double([float(word) for word in recorded.split()])
    if not torch.allclose(x.grad.reshape(-1), expected, 1e-6, 1e-8):
        print(call, 'is recorded as', recorded, 'but gives', x.grad)
        failed += 1
print(len(rows), 'gradients,', failed, 'differ from PyTorch',
      torch.__version__)
sys.exit(1 if failed or not rows else 0)
