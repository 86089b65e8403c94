# SPDX-License-Identifier: GPL-3.0-or-later
# keras.layers.Layer and keras.Model: the classes that layers and models of
# one's own are derived from.
import _keras
import keras
import numpy as np
import tensorflow as tf

_Variable = type(tf.Variable(0.0))


def _snake(name):
    text = ''
    for i, letter in enumerate(name):
        if letter.isupper() and i > 0 and not name[i - 1].isupper():
            text += '_'
        text += letter.lower()
    return text.lstrip('_')


def _parts(value):
    # The layers, models and variables in VALUE, in order.
    if isinstance(value, _Variable) or hasattr(value, 'trainable_weights'):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [part for one in value for part in _parts(one)]
    return []


def _initial(initializer, shape):
    if isinstance(initializer, str):
        name = ''.join(part.capitalize() for part in initializer.split('_'))
        initializer = getattr(keras.initializers, name, None) or \
            getattr(keras.initializers, initializer)
    if isinstance(initializer, type(keras.initializers.Zeros)):
        initializer = initializer()
    return initializer(tuple(shape))


def _start(initializer, shape):
    # What a keras.Variable begins with.
    if not isinstance(initializer, str) and not callable(initializer):
        return initializer
    if shape is None:
        raise ValueError(
            'When creating a Variable from an initializer, the `shape` '
            'argument should be specified. Received: initializer='
            f'{initializer} and shape=None')
    return _initial(initializer, shape)


class Layer:
    """A layer of one's own: build() makes its weights, call() computes."""

    _keras_part = 'Layer'
    _registered = 'Layer', 'Sequential'  # those of C, for isinstance()

    def __init__(self, trainable=True, name=None, dtype=None, **kwargs):
        for other in kwargs:
            if other not in ('input_shape', 'dynamic', 'autocast'):
                raise TypeError(f"('Keyword argument not understood:', "
                                f"{other!r})")
        self.trainable = trainable
        self.name = name or _keras.next_name(_snake(type(self).__name__))
        self.built = False

    def build(self, input_shape):
        """Makes the weights, when the shape of the input is known."""
        self.built = True

    def call(self, inputs):
        """What it makes of a batch; to be overridden."""
        raise NotImplementedError(
            f'{type(self).__name__} needs a method call(self, inputs)')

    def add_weight(self, name=None, shape=None, dtype=None,
                   initializer='glorot_uniform', regularizer=None,
                   trainable=True, constraint=None, **kwargs):
        """A variable that learns, and belongs to the layer."""
        if name is not None and not isinstance(name, str):  # as in Keras 3
            name, shape = None, name
        if regularizer is not None or constraint is not None:
            raise NotImplementedError(
                'add_weight() has no regularizer and no constraint')
        start = _initial(initializer, () if shape is None else shape)
        own = self.__dict__.setdefault('_own', [])
        name = name or ('weight' if not own else f'weight_{len(own)}')
        weight = tf.Variable(start, trainable=trainable,
                             name=f'{self.name}/{name}')
        own.append(weight)
        return weight

    def _run(self, inputs, training, args, kwargs):
        if training is not None and _keras.takes(self.call, 'training'):
            kwargs = dict(kwargs, training=training)
        return self.call(inputs, *args, **kwargs)

    def __call__(self, inputs, *args, training=None, **kwargs):
        if not self.__dict__.get('name'):
            raise RuntimeError(
                'It looks like you are subclassing `Model` or `Layer` and you '
                'forgot to call `super().__init__()`. Always start with this '
                'line.')
        if _keras.is_symbol(inputs):
            return _keras.apply(self, inputs)
        if isinstance(inputs, (int, float, list, np.ndarray)):
            inputs = tf.convert_to_tensor(inputs, dtype=tf.float32)
        if not self.built:
            self.build((None,) + tuple(inputs.shape)[1:])
            self.built = True
        return self._run(inputs, training, args, kwargs)

    def _inner(self):
        parts = []
        for value in list(self.__dict__.values()):
            for part in _parts(value):
                if not any(part is other for other in parts):
                    parts.append(part)
        return parts

    def _weights_that(self, learn):
        found = []
        for part in self._inner():
            if isinstance(part, _Variable):
                found += [part] if part.trainable == learn else []
            else:
                found += part.trainable_weights if learn \
                    else part.non_trainable_weights
        return found

    @property
    def trainable_weights(self):
        """Those that learn."""
        return self._weights_that(True) if self.trainable else []

    @property
    def non_trainable_weights(self):
        """Those that stay as they are."""
        others = self._weights_that(False)
        return others if self.trainable else self._weights_that(True) + others

    @property
    def weights(self):
        """All of them: first those that learn."""
        return self.trainable_weights + self.non_trainable_weights

    @property
    def trainable_variables(self):
        """The same as trainable_weights."""
        return self.trainable_weights

    @property
    def non_trainable_variables(self):
        """The same as non_trainable_weights."""
        return self.non_trainable_weights

    @property
    def variables(self):
        """The same as weights."""
        return self.weights

    def get_weights(self):
        """Copies of all weights."""
        return [np.array(weight.numpy()) for weight in self.weights]

    def set_weights(self, weights):
        """Replaces all weights by these arrays."""
        own = self.weights
        if len(own) != len(weights):
            raise ValueError(
                f'You called `set_weights(weights)` on layer "{self.name}" '
                f'with a weight list of length {len(weights)}, but the layer '
                f'was expecting {len(own)} weights.')
        for weight, array in zip(own, weights):
            weight.assign(array)

    def count_params(self):
        """How many numbers its weights have."""
        return sum(int(np.prod(weight.shape)) for weight in self.weights)

    def get_config(self):
        """Its settings as a dict."""
        return {'name': self.name, 'trainable': self.trainable}

    @classmethod
    def from_config(cls, config):
        """One with these settings."""
        return cls(**config)

    @property
    def losses(self):
        """What the layer adds to the loss: nothing here, see add_loss()."""
        return []

    def add_loss(self, loss):
        """Not here: says what there is instead."""
        raise NotImplementedError(
            'add_loss() is not part of tensor: add the term to the loss in a '
            'train_step() of your own, or in a function given to compile()')

    def __repr__(self):
        return f'<{type(self).__name__} name={self.name}, built={self.built}>'


class Lambda(Layer):
    """A layer that computes function(inputs)."""

    def __init__(self, function, output_shape=None, mask=None, arguments=None,
                 **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}

    def call(self, inputs):
        """What the function makes of them."""
        return self.function(inputs, **self.arguments)


class Model(Layer):
    """A model of one's own, or with inputs and outputs the one from Input()
    to a layer."""

    _registered = ('Sequential',)

    def __new__(cls, *args, **kwargs):
        named = dict(zip(('inputs', 'outputs', 'name'), args), **kwargs)
        if cls is Model and 'outputs' in named:
            return _keras.functional(**named)
        return super().__new__(cls)

    def compile(self, optimizer='rmsprop', loss=None, metrics=None, **kwargs):
        """Chooses optimizer, loss and metrics."""
        network = _keras.network(self)
        steps = self._has_own_steps()
        network.compile(optimizer=optimizer,
                        loss='mse' if steps and loss is None else loss,
                        metrics=None if steps else metrics)
        self.optimizer = network.optimizer
        self.loss = loss
        self._metrics = metrics
        self._compiled_parts = None
        self.stop_training = False

    def _has_own_steps(self):
        own = type(self)
        return own.train_step is not Model.train_step or \
            own.test_step is not Model.test_step

    def _check_compiled(self):
        if 'optimizer' not in self.__dict__:
            raise RuntimeError(
                'You must compile your model before training/testing. Use '
                '`model.compile(optimizer, loss)`.')

    def _compiled(self):
        self._check_compiled()
        network = _keras.network(self)
        network.compile(optimizer=self.optimizer, loss=self.loss,
                        metrics=self._metrics)
        return network

    # What steps of one's own are written with.
    def _parts_of_compile(self):
        self._check_compiled()
        if self._compiled_parts is None:
            from keras._fitting import Compiled
            self._compiled_parts = Compiled(self.loss, self._metrics)
        return self._compiled_parts

    @property
    def compiled_loss(self):
        """compiled_loss(y, y_pred): compile()'s loss, which is gathered."""
        return self._parts_of_compile().loss

    @property
    def compiled_metrics(self):
        """compile()'s metrics, with update_state(y, y_pred)."""
        return self._parts_of_compile().metrics

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None,
                     training=True):
        """compile()'s loss of a batch."""
        return self.compiled_loss(y, y_pred, sample_weight)

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        """Takes a batch in: all metrics so far, by their names."""
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}

    @property
    def metrics(self):
        """What gathers loss and metrics of an epoch."""
        own = [value for value in self.__dict__.values()
               if getattr(value, '_keras_part', None) == 'Metric']
        return self._parts_of_compile().all + own

    def reset_metrics(self):
        """Starts all metrics again."""
        for metric in self.metrics:
            metric.reset_state()

    def train_step(self, data):
        """One step on a batch; to be overridden."""
        x, y, weight = (tuple(data) + (None,))[:3]
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, weight)
        variables = self.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return self.compute_metrics(x, y, y_pred, weight)

    def test_step(self, data):
        """Loss and metrics of a batch; to be overridden."""
        x, y, weight = (tuple(data) + (None,))[:3]
        y_pred = self(x, training=False)
        self.compute_loss(x, y, y_pred, weight)
        return self.compute_metrics(x, y, y_pred, weight)

    def fit(self, *args, **kwargs):
        """Trains it."""
        if self._has_own_steps():
            from keras._fitting import fit
            self._check_compiled()
            return fit(self, *args, **kwargs)
        return self._compiled().fit(*args, **kwargs)

    def evaluate(self, *args, **kwargs):
        """[loss, metrics...] on samples."""
        if self._has_own_steps():
            from keras._fitting import evaluate
            self._check_compiled()
            return evaluate(self, *args, **kwargs)
        return self._compiled().evaluate(*args, **kwargs)

    def train_on_batch(self, *args, **kwargs):
        """One step on these samples."""
        return self._compiled().train_on_batch(*args, **kwargs)

    def test_on_batch(self, *args, **kwargs):
        """[loss, metrics...] on these samples."""
        return self._compiled().test_on_batch(*args, **kwargs)

    def predict(self, *args, **kwargs):
        """Its outputs for samples."""
        return _keras.network(self).predict(*args, **kwargs)

    def _built_weights(self):
        if not self.built:
            raise ValueError(
                f'Weights for model {self.name} have not yet been created. '
                'Weights are created when the Model is first called on inputs '
                'or `build()` is called with an `input_shape`.')
        return self.weights

    def save_weights(self, filepath, overwrite=True):
        """Writes all weights into an NPZ file."""
        _keras.write_weights(str(filepath), self._built_weights())

    def load_weights(self, filepath):
        """Reads all weights from an NPZ file."""
        _keras.read_weights(str(filepath), self._built_weights(), self.name)

    def save(self, filepath, overwrite=True):
        """Cannot be: what call() does is written nowhere but in a program."""
        raise NotImplementedError(
            f'{self.name} is a model of your own class {type(self).__name__}: '
            'what its call() does cannot be saved in a file. '
            'model.save_weights(\'w.npz\') saves its weights; make the model '
            'again, call it on a batch, and model.load_weights(\'w.npz\')')

    def export(self, filepath, format='onnx'):
        """Cannot be, as save()."""
        raise NotImplementedError(
            f'{self.name} is a model of your own class {type(self).__name__}: '
            'only Sequential and keras.Model(inputs, outputs) can be exported')

    @property
    def layers(self):
        """The layers and models that it has as attributes."""
        return [part for part in self._inner()
                if not isinstance(part, _Variable)]

    def get_layer(self, name=None, index=None):
        """The layer of this name or number."""
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(f'No such layer: {name}. Existing layers are: '
                         f'{[layer.name for layer in self.layers]}.')

    def summary(self):
        """Prints the table of its layers."""
        if not self.built:
            raise ValueError(
                'This model has not yet been built. Build the model first by '
                'calling `build()` or by calling the model on a batch of data.')
        print(f'Model: "{self.name}"')
        print('_' * 65)
        _row('Layer (type)', 'Output Shape', 'Param #')
        print('=' * 65)
        for i, layer in enumerate(self.layers):
            kind = repr(layer)[1:].split(' ')[0]
            _row(f'{layer.name} ({kind})', 'multiple',
                 str(layer.count_params()))
            print(('=' if i + 1 == len(self.layers) else '_') * 65)
        learning = sum(int(np.prod(weight.shape))
                       for weight in self.trainable_weights)
        print(f'Total params: {self.count_params():,}')
        print(f'Trainable params: {learning:,}')
        print(f'Non-trainable params: {self.count_params() - learning:,}')
        print('_' * 65)


def _row(*fields):
    print(f'{fields[0][:28]:<29}{fields[1][:25]:<26}{fields[2]:<10}')
