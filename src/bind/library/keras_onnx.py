# SPDX-License-Identifier: GPL-3.0-or-later
# Models as ONNX files (onnx.ai): protocol buffers, written by hand.  The
# numbers of the fields are those of onnx/onnx.proto; the operations are of
# version 13.  Keras has channels last and ONNX first, so what works on images
# stands between two transpositions.
import os
import struct
import numpy as np

_FLOAT, _INT64 = 1, 7


# ------------------------------------------------------- protocol buffers

def _varint(number):
    if number < 0:  # two's complement in 64 bits
        return bytes([(number >> 7 * i) % 128 + 128 for i in range(9)] + [1])
    parts = []
    while number > 127:
        parts.append(number % 128 + 128)
        number //= 128
    return bytes(parts + [number])


def _number(field, value):
    return _varint(field * 8) + _varint(value)


def _bytes(field, value):
    return _varint(field * 8 + 2) + _varint(len(value)) + value


def _text(field, value):
    return _bytes(field, value.encode())


def _float(field, value):
    return _varint(field * 8 + 5) + struct.pack('<f', value)


def _attribute(name, value):
    text = _text(1, name)
    if isinstance(value, float):
        return text + _float(2, value) + _number(20, 1)
    if isinstance(value, int):
        return text + _number(3, value) + _number(20, 2)
    if isinstance(value, str):
        return text + _text(4, value) + _number(20, 3)
    return text + b''.join([_number(8, i) for i in value]) + _number(20, 7)


def _tensor(name, array):
    kind = _INT64 if array.dtype == np.int64 else _FLOAT
    shape = b''.join([_number(1, n) for n in array.shape])
    return (shape + _number(2, kind) + _text(8, name)
            + _bytes(9, array.tobytes()))


def _value(name, shape):
    lengths = b''.join([
        _bytes(1, _text(2, 'N') if n is None else _number(1, n))
        for n in shape])
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, _FLOAT)
                                             + _bytes(2, lengths)))


# ---------------------------------------------------------------- the graph

class _Graph:
    def __init__(self):
        self.nodes = []
        self.weights = []
        self.top = 'input'

    def weight(self, name, array):
        self.weights.append(_tensor(name, array))
        return name

    def node(self, kind, name, inputs, **attributes):
        body = b''.join([_text(1, x) for x in [self.top] + inputs])
        body += _text(2, name) + _text(3, name) + _text(4, kind)
        for key, value in attributes.items():
            body += _bytes(5, _attribute(key, value))
        self.nodes.append(body)
        self.top = name


_activations = {'relu': 'Relu', 'sigmoid': 'Sigmoid', 'tanh': 'Tanh',
                'softplus': 'Softplus', 'softsign': 'Softsign', 'elu': 'Elu',
                'selu': 'Selu', 'exponential': 'Exp'}


def _add_activation(graph, name, activation):
    if activation in (None, 'linear'):
        return
    name += '/' + activation
    if activation in ('softmax', 'log_softmax'):
        kind = 'Softmax' if activation == 'softmax' else 'LogSoftmax'
        graph.node(kind, name, [], axis=-1)
    elif activation in _activations:
        graph.node(_activations[activation], name, [])
    else:
        raise ValueError(f'export() knows no ONNX operation for the '
                         f'activation {activation}')


def _on_images(graph, name, kind, inputs, **attributes):
    graph.node('Transpose', name + '/first', [], perm=[0, 3, 1, 2])
    graph.node(kind, name + '/' + kind, inputs, **attributes)
    graph.node('Transpose', name + '/last', [], perm=[0, 2, 3, 1])


def _padding(config):
    return 'SAME_UPPER' if config['padding'] == 'same' else 'VALID'


def _dense(graph, name, config, weights):
    graph.node('MatMul', name + '/product',
               [graph.weight(name + '/kernel', weights[0])])
    if config['use_bias']:
        graph.node('Add', name + '/sum',
                   [graph.weight(name + '/bias', weights[1])])
    _add_activation(graph, name, config['activation'])


def _conv2d(graph, name, config, weights):
    kernel = np.ascontiguousarray(weights[0].transpose(3, 2, 0, 1))
    inputs = [graph.weight(name + '/kernel', kernel)]
    if config['use_bias']:
        inputs.append(graph.weight(name + '/bias', weights[1]))
    _on_images(graph, name, 'Conv', inputs,
               kernel_shape=list(config['kernel_size']),
               strides=list(config['strides']), auto_pad=_padding(config))
    _add_activation(graph, name, config['activation'])


def _pooling(kind):
    def add(graph, name, config, weights):
        _on_images(graph, name, kind, [],
                   kernel_shape=list(config['pool_size']),
                   strides=list(config['strides']), auto_pad=_padding(config))
    return add


def _global_pooling(kind):
    def add(graph, name, config, weights):
        graph.node(kind, name, [], axes=[1, 2], keepdims=0)
    return add


def _batch_normalization(graph, name, config, weights):
    names = ['gamma', 'beta', 'moving_mean', 'moving_variance']
    width = len(weights[-1])
    if not config.get('center', True):
        weights.insert(len(weights) - 2, np.zeros(width, dtype=np.float32))
    if not config.get('scale', True):
        weights.insert(0, np.ones(width, dtype=np.float32))
    # y = x * factor + offset, channels last
    gamma, beta, mean, variance = weights
    factor = gamma / np.sqrt(variance + np.float32(config['epsilon']))
    graph.node('Mul', name + '/factor',
               [graph.weight(name + '/scale', factor.astype(np.float32))])
    graph.node('Add', name + '/offset',
               [graph.weight(name + '/shift',
                             (beta - mean * factor).astype(np.float32))])


def _flatten(graph, name, config, weights):
    graph.node('Flatten', name, [], axis=1)


def _reshape(graph, name, config, weights):
    shape = np.array([-1] + list(config['target_shape']), dtype=np.int64)
    graph.node('Reshape', name, [graph.weight(name + '/shape', shape)])


def _rescaling(graph, name, config, weights):
    for kind, key in [('Mul', 'scale'), ('Add', 'offset')]:
        number = np.array(config[key], dtype=np.float32)
        graph.node(kind, name + '/' + key,
                   [graph.weight(name + '/' + key + '_value', number)])


def _activation(graph, name, config, weights):
    _add_activation(graph, name, config['activation'])


def _named_activation(activation):
    def add(graph, name, config, weights):
        _add_activation(graph, name, activation)
    return add


def _nothing(graph, name, config, weights):
    return


_layers = {
    'Dense': _dense, 'Conv2D': _conv2d, 'MaxPooling2D': _pooling('MaxPool'),
    'AveragePooling2D': _pooling('AveragePool'),
    'GlobalAveragePooling2D': _global_pooling('ReduceMean'),
    'GlobalMaxPooling2D': _global_pooling('ReduceMax'),
    'BatchNormalization': _batch_normalization, 'Flatten': _flatten,
    'Reshape': _reshape, 'Rescaling': _rescaling, 'Activation': _activation,
    'ReLU': _named_activation('relu'), 'Softmax': _named_activation('softmax'),
    'Dropout': _nothing, 'InputLayer': _nothing}


def _model_bytes(model):
    graph = _Graph()
    for layer, described in zip(model.layers, model.get_config()['layers']):
        kind = described['class_name']
        if kind not in _layers:
            raise ValueError(f'export() knows no ONNX operation for the layer '
                             f'{layer.name} ({kind})')
        _layers[kind](graph, layer.name, described['config'],
                      layer.get_weights())
    graph.node('Identity', 'output', [])
    body = b''.join([_bytes(1, node) for node in graph.nodes])
    body += _text(2, model.name)
    body += b''.join([_bytes(5, weight) for weight in graph.weights])
    body += _bytes(11, _value('input', model.input_shape))
    body += _bytes(12, _value('output', model.output_shape))
    return (_number(1, 7) + _text(2, 'tensor') + _bytes(7, body)
            + _bytes(8, _number(2, 13)))


def export(model, filepath, format='onnx'):
    if format != 'onnx':
        raise ValueError(f"export() writes 'onnx', not {format!r}")
    if not model.built:
        raise ValueError(f'The model {model.name} has no weights yet: build it '
                         'with model.build((None, 784)) or give its first '
                         'layer an input_shape')
    data = _model_bytes(model)
    partial = str(filepath) + '.part'
    try:
        with open(partial, 'wb') as file:
            file.write(data)
        os.rename(partial, str(filepath))
    except OSError:
        if os.path.exists(partial):
            os.remove(partial)
        raise
