# SPDX-License-Identifier: GPL-3.0-or-later
# Models in files: an NPZ archive (numpy.load() reads it) of the weights by
# their names, and "config", the bytes of a JSON text that says the layers and
# what compile() was given; "_optimizer/0" and so on are what the optimizer
# keeps, so that a training goes on as if it had not been interrupted.
import json
import _keras
import numpy as np
import keras
from keras._layers import Model

_VERSIONS = 1, 2  # 1: without the optimizer's arrays
_SLOTS = '_optimizer/'


def save_model(model, filepath, overwrite=True):
    """Writes MODEL, its weights and what compile() was given to a file."""
    if not model.built:
        raise ValueError(
            f'The model {model.name} has no weights yet: build it with '
            'model.build((None, 784)) or give its first layer an input_shape')
    for layer in model.layers:
        if hasattr(layer, '_keras_part'):
            raise NotImplementedError(
                f'The layer {layer.name} is written in the language and cannot '
                'be saved with its model: use model.save_weights()')
    described = model.get_config()['layers']
    iterations, slots = _keras.optimizer_state(model)
    config = {'format': 'tensor model', 'version': _VERSIONS[-1],
              'name': model.name, 'build': list(model.input_shape[1:]),
              'functional': len(model.layers) > len(described),
              'layers': described, 'compile': model.get_compile_config(),
              'iterations': iterations}
    text = json.dumps(config).encode()
    arrays = {'config': np.array(list(text), dtype=np.uint8)}
    for weight, array in zip(model.weights, model.get_weights()):
        arrays[weight.name.split(':')[0]] = array
    for number, array in enumerate(slots):
        arrays[f'{_SLOTS}{number}'] = array
    _keras.write(str(filepath), arrays)


def _foreign(filepath, why):
    return ValueError(f'{filepath} is no model that model.save() wrote ({why})')


def _read(filepath):
    try:
        return _keras.read(str(filepath))
    except ValueError as error:
        if 'written by Keras' in str(error):
            raise
        raise _foreign(filepath, error)


# Only what keras has under that name, and what makes such an object.
def _part(module, described):
    if described is None:
        return None
    made = getattr(module, described['class_name'])
    return made(**described['config'])


# What get_config() gave, made again by the constructor MADE.
def _from_config(made, config):
    config = dict(config)
    if made is keras.Sequential:
        config['layers'] = [_layer(one) for one in config['layers']]
    for name, value in list(config.items()):
        if isinstance(value, dict):
            module = keras.regularizers if name.endswith('regularizer') \
                else keras.optimizers.schedules if name == 'learning_rate' \
                else keras.initializers
            config[name] = _part(module, value)
    return made(**config)


def _layer(described):
    return _from_config(getattr(keras.layers, described['class_name']),
                        described['config'])


def _metric(described):
    made = getattr(keras.metrics, described['class_name'])
    return made(name=described['name'], **described['config'])


def _compile(model, described):
    if described is None:
        return
    schedule = described.get('schedule')
    if schedule is not None:
        described['optimizer']['config']['learning_rate'] = \
            _part(keras.optimizers.schedules, schedule)
    model.compile(optimizer=_part(keras.optimizers, described['optimizer']),
                  loss=_part(keras.losses, described['loss']),
                  metrics=[_metric(one) for one in described['metrics']])


def _model(config):
    if config['format'] != 'tensor model' or \
            config['version'] not in _VERSIONS:
        raise KeyError('version')
    layers = [_layer(one) for one in config['layers']]
    if config.get('functional'):
        inputs = outputs = keras.Input(shape=tuple(config['build']))
        for layer in layers:
            outputs = layer(outputs)
        return Model(inputs, outputs, name=config['name'])
    model = keras.Sequential(layers, name=config['name'])
    model.build(tuple(config['build']))
    return model


def clone_model(model):
    """A model of the same layers with weights of their own, new ones."""
    for layer in model.layers:
        if hasattr(layer, '_keras_part'):
            raise NotImplementedError(
                f'The layer {layer.name} is written in the language: make '
                'the model again instead of cloning it')
    clone = _from_config(keras.Sequential, dict(model.get_config(), name=None))
    if model.built:
        clone.build(model.input_shape)
    return clone


def load_model(filepath, compile=True):
    """The model that model.save() wrote."""
    archive = _read(filepath)
    if 'config' not in archive:
        raise ValueError(f'{filepath} holds arrays but no model: '
                         'model.load_weights() takes the weights of one')
    try:
        config = json.loads(bytes(archive.pop('config')).decode())
        model = _model(config)
        slots = [archive.pop(name) for name in list(archive)
                 if name.startswith(_SLOTS)]
        model.set_weights(list(archive.values()))
        if compile:
            _compile(model, config['compile'])
        if compile and slots:
            _keras.set_optimizer_state(model, config['iterations'], slots)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _foreign(filepath, error)
    return model
