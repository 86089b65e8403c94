# SPDX-License-Identifier: GPL-3.0-or-later
# fit() and evaluate() of models whose train_step() or test_step() is their own
# (keras/engine/training.py): batches go through these, epoch by epoch.
import time
import _keras
import keras
import numpy as np
import tensorflow as tf
from keras._metrics import Mean, MeanMetricWrapper


class _Loss:
    # compile()'s loss as a function; TRACKER gathers its mean.
    def __init__(self, loss, tracker):
        if isinstance(loss, str):
            loss = getattr(keras.losses, loss)
        self.function = loss
        self.tracker = tracker

    def __call__(self, y_true, y_pred, sample_weight=None,
                 regularization_losses=None):
        if self.function is None:
            raise ValueError('compile() was given no loss: '
                             "model.compile(optimizer, loss='mse')")
        losses = self.function(y_true, y_pred)
        if sample_weight is not None:
            losses = losses * tf.cast(sample_weight, losses.dtype)
        loss = tf.reduce_mean(losses)
        for more in regularization_losses or []:
            loss = loss + more
        self.tracker.update_state(loss, sample_weight=float(len(y_pred)))
        return loss


class _Accuracy(Mean):
    # By the shapes, as Keras decides what accuracy means.
    def update_state(self, y_true, y_pred, sample_weight=None):
        if y_pred.shape[-1] == 1:
            function = keras.metrics.binary_accuracy
        elif y_true.shape == y_pred.shape:
            function = keras.metrics.categorical_accuracy
        else:
            function = keras.metrics.sparse_categorical_accuracy
        super().update_state(function(y_true, y_pred), sample_weight)


def _metric(given):
    if given in ('accuracy', 'acc'):
        return _Accuracy(given)
    if isinstance(given, str):
        return MeanMetricWrapper(getattr(keras.metrics, given), given)
    return given if hasattr(given, 'update_state') else \
        MeanMetricWrapper(given)


class _Metrics:
    def __init__(self, metrics):
        self.metrics = metrics

    def update_state(self, y_true, y_pred, sample_weight=None):
        for metric in self.metrics:
            metric.update_state(y_true, y_pred)


class Compiled:
    """Loss and metrics as steps call them."""

    def __init__(self, loss, metrics):
        if metrics is not None and not isinstance(metrics, (list, tuple)):
            metrics = [metrics]
        tracker = Mean('loss')
        self.loss = _Loss(loss, tracker)
        self.metrics = _Metrics([_metric(one) for one in metrics or []])
        self.all = [tracker] + self.metrics.metrics if loss is not None \
            else list(self.metrics.metrics)


def _numbers(array):
    array = np.asarray(array)
    return array.astype('float32') if array.dtype == 'float64' else array


class _Data:
    # Arrays of as many samples, in batches as tensors.
    def __init__(self, x, y, weight, size):
        self.arrays = [_numbers(one) for one in (x, y, weight)
                       if one is not None]
        self.lone = y is None
        self.count = len(self.arrays[0])
        for array in self.arrays:
            if len(array) != self.count:
                raise ValueError(
                    'Data cardinality is ambiguous: x has '
                    f'{self.count} samples, y has {len(array)}')
        self.size = size or 32
        if self.size < 1:
            raise ValueError(f'batch_size must be at least 1, got {size}')
        self.batches = (self.count + self.size - 1) // self.size

    def part(self, first, end):
        """Samples FIRST to END."""
        data = _Data.__new__(_Data)
        data.__dict__.update(self.__dict__)
        data.arrays = [array[first:end] for array in self.arrays]
        data.count = end - first
        data.batches = (data.count + data.size - 1) // data.size
        return data

    def batch(self, number, order):
        """What a step is given, and the number of samples before the next."""
        end = min((number + 1) * self.size, self.count)
        chosen = order[number * self.size:end]
        tensors = tuple([tf.convert_to_tensor(array[chosen])
                         for array in self.arrays])
        return (tensors[0] if self.lone else tensors), end


def _logs(returned):
    if not isinstance(returned, dict):
        raise TypeError('train_step() and test_step() return a dict of '
                        f'numbers by name, not {type(returned).__name__}')
    return {name: float(value) for name, value in returned.items()}


def _test(model, data):
    model.reset_metrics()
    order = np.arange(data.count)
    logs = {}
    for number in range(data.batches):
        logs = _logs(model.test_step(data.batch(number, order)[0]))
    return logs


def evaluate(model, x=None, y=None, batch_size=None, verbose=1,
             sample_weight=None, return_dict=False):
    """[loss, metrics...] on samples, by test_step()."""
    data = _Data(x, y, sample_weight, batch_size)
    start = time.time()
    logs = _test(model, data)
    _keras.tell('evaluated', logs, batch=data.batches, batches=data.batches,
                sample=data.count, samples=data.count,
                seconds=time.time() - start, verbose=_verbose(verbose))
    values = list(logs.values())
    return logs if return_dict else values if len(values) > 1 else values[0]


def _verbose(verbose):
    return 1 if verbose == 'auto' else int(verbose)


def _validation(data, given, split):
    # What is trained on, and what it is judged by (or None).
    if given is not None:
        given = tuple(given) + (None,)
        return data, _Data(given[0], given[1], given[2], data.size)
    kept = int(data.count * (1 - split))
    if kept == data.count:
        return data, None
    return data.part(0, kept), data.part(kept, data.count)


class _Callbacks:
    def __init__(self, callbacks, model, params):
        if callbacks is None:
            callbacks = []
        self.all = callbacks if isinstance(callbacks, (list, tuple)) \
            else [callbacks]
        for callback in self.all:
            callback.set_params(params)
            callback.set_model(model)

    def tell(self, name, *args):
        for callback in self.all:
            getattr(callback, name)(*args)


def fit(model, x=None, y=None, batch_size=None, epochs=1, verbose=1,
        callbacks=None, validation_split=0.0, validation_data=None,
        shuffle=True, class_weight=None, sample_weight=None, initial_epoch=0,
        steps_per_epoch=None):
    """Trains by train_step(); a History."""
    if epochs < 1:
        raise ValueError(f'epochs must be at least 1, got {epochs}')
    if class_weight is not None:
        sample_weight = np.array([class_weight.get(int(one), 1.0)
                                  for one in np.ravel(y)])
    data, judged = _validation(_Data(x, y, sample_weight, batch_size),
                               validation_data, validation_split)
    steps = min(steps_per_epoch or data.batches, data.batches)
    params = {'verbose': _verbose(verbose), 'epochs': epochs, 'steps': steps}
    history = _keras.history(params)
    told = _Callbacks(callbacks, model, params)
    model.stop_training = False
    told.tell('on_train_begin', {})
    logs = {}
    for epoch in range(initial_epoch, epochs):
        logs = _epoch(model, data, judged, shuffle, steps, told, params, epoch)
        _keras.history_add(history, epoch, logs)
        if model.stop_training:
            break
    told.tell('on_train_end', logs)
    return history


def _epoch(model, data, judged, shuffle, steps, told, params, epoch):
    start = time.time()
    order = np.random.permutation(data.count) if shuffle \
        else np.arange(data.count)
    total = min(steps * data.size, data.count)

    def show(kind, logs, batch, sample):
        _keras.tell(kind, logs, epoch + 1, params['epochs'], batch, steps,
                    sample, total, time.time() - start, params['verbose'])

    show('epoch_begin', {}, 0, 0)
    model.reset_metrics()
    told.tell('on_epoch_begin', epoch, {})
    logs = {}
    for number in range(steps):
        told.tell('on_train_batch_begin', number, {})
        batch, end = data.batch(number, order)
        logs = _logs(model.train_step(batch))
        told.tell('on_train_batch_end', number, logs)
        show('batch', logs, number + 1, end)
        if model.stop_training:
            break
    if judged is not None:
        logs.update({'val_' + name: value
                     for name, value in _test(model, judged).items()})
    told.tell('on_epoch_end', epoch, logs)
    show('epoch_end', logs, steps, total)
    return logs
