#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# model.export() writes what the onnx package accepts, and what gives the
# numbers of model.predict() when PyTorch computes its nodes.  Skipped where
# one of them is missing.
: "${TENSOR:?names the program}"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

cat >"$dir/write.py" <<'END'
import sys
import numpy as np
from tensorflow.keras import layers, models
np.random.seed(1)
model = models.Sequential([
    layers.Rescaling(0.5, offset=0.1, input_shape=(9, 8, 2)),
    layers.Conv2D(4, 3, activation='relu', padding='same', strides=2),
    layers.BatchNormalization(),
    layers.AveragePooling2D(2),
    layers.Conv2D(3, 2, use_bias=False),
    layers.MaxPooling2D(1),
    layers.Flatten(),
    layers.Dense(5, activation='tanh'),
    layers.Dropout(0.5),
    layers.Dense(3, activation='softmax')])
x = np.random.normal(size=(4, 9, 8, 2)).astype('float32')
model.compile('sgd', 'mse')
model.fit(x, np.ones((4, 3)), verbose=0)
model.export('model.onnx')
np.save('x.npy', x)
np.save('y.npy', model.predict(x, verbose=0))
END
cat >"$dir/read.py" <<'END'
import numpy as np
import onnx
from onnx import numpy_helper
import torch
import torch.nn.functional as F

model = onnx.load('model.onnx')
onnx.checker.check_model(model, full_check=True)
values = {t.name: torch.tensor(numpy_helper.to_array(t).copy())
          for t in model.graph.initializer}
values['input'] = torch.tensor(np.load('x.npy'))


def padded(x, kernel, strides):
    pads = []
    for n, k, s in reversed(list(zip(x.shape[2:], kernel, strides))):
        total = max((-(-n // s) - 1) * s + k - n, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def compute(kind, x, rest, a):
    if kind in ('Conv', 'MaxPool', 'AveragePool'):
        kernel, strides = list(a['kernel_shape']), list(a['strides'])
        if a['auto_pad'] == b'SAME_UPPER':
            x = padded(x, kernel, strides)
        if kind == 'Conv':
            return F.conv2d(x, *rest, stride=strides)
        pool = F.max_pool2d if kind == 'MaxPool' else F.avg_pool2d
        return pool(x, kernel, strides)
    return {'Transpose': lambda: x.permute(*a['perm']),
            'Relu': x.relu, 'Tanh': x.tanh, 'Identity': lambda: x,
            'Softmax': lambda: x.softmax(a['axis']),
            'Flatten': lambda: x.flatten(a['axis']),
            'MatMul': lambda: x @ rest[0], 'Add': lambda: x + rest[0],
            'Mul': lambda: x * rest[0]}[kind]()


for node in model.graph.node:
    attributes = {a.name: onnx.helper.get_attribute_value(a)
                  for a in node.attribute}
    inputs = [values[name] for name in node.input]
    values[node.output[0]] = compute(node.op_type, inputs[0], inputs[1:],
                                     attributes)
np.testing.assert_allclose(values['output'].numpy(), np.load('y.npy'),
                           rtol=1e-5, atol=1e-6)
END

case $TENSOR in /*) ;; *) TENSOR=$PWD/$TENSOR ;; esac
for python in ${PYTHON-} python3 /usr/bin/python3; do
    if "$python" -c 'import onnx, torch' 2>/dev/null; then
        cd "$dir" && "$TENSOR" write.py && "$python" read.py
        exit
    fi
done
echo "no onnx and PyTorch here"
exit 77
