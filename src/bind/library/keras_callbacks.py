# SPDX-License-Identifier: GPL-3.0-or-later
# keras.callbacks: what fit() tells how it goes on, as Keras 2 has it
# (keras/callbacks.py).
import numpy as np


class _Record(dict):
    # Until Keras 2.3 metrics=['accuracy'] was recorded as 'acc'.
    def __missing__(self, name):
        prefix = 'val_' if name[:4] == 'val_' else ''
        other = {'acc': 'accuracy', 'accuracy': 'acc'}.get(name[len(prefix):])
        if other is None or prefix + other not in self:
            raise KeyError(name)
        return self[prefix + other]


def _record(lists):
    return _Record(lists)


class Callback:
    """Told by fit() how it goes on; override on_epoch_end() and the like."""

    def __init__(self):
        self.model = None
        self.params = None

    def set_model(self, model):
        """Before the training."""
        self.model = model

    def set_params(self, params):
        """Before the training: epochs, steps, verbose."""
        self.params = params

    def on_train_begin(self, logs=None):
        """Before the first epoch."""

    def on_train_end(self, logs=None):
        """After the last epoch."""

    def on_epoch_begin(self, epoch, logs=None):
        """Before epoch number EPOCH, from 0."""

    def on_epoch_end(self, epoch, logs=None):
        """After it; logs has the loss and the metrics."""

    def on_batch_begin(self, batch, logs=None):
        """Before batch number BATCH of the epoch, from 0."""

    def on_batch_end(self, batch, logs=None):
        """After it; logs has the means of the epoch so far."""

    def on_test_begin(self, logs=None):
        """Before evaluate()."""

    def on_test_end(self, logs=None):
        """After it; logs has the loss and the metrics."""

    def on_predict_begin(self, logs=None):
        """Before predict()."""

    def on_predict_end(self, logs=None):
        """After it."""

    def on_train_batch_begin(self, batch, logs=None):
        """The same as on_batch_begin."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch, logs=None):
        """The same as on_batch_end."""
        self.on_batch_end(batch, logs)


def _rate_of(model):
    rate = model.optimizer.get_config()['learning_rate']
    if isinstance(rate, dict):
        raise ValueError('the learning rate follows a schedule, '
                         f"{rate['class_name']}: no callback changes it")
    return rate


def _higher_is_better(monitor, mode):
    if mode not in ('auto', 'min', 'max'):
        raise ValueError(f"mode must be 'auto', 'min' or 'max', got {mode!r}")
    if mode != 'auto':
        return mode == 'max'
    return 'acc' in monitor or monitor.endswith('auc') or \
        monitor.split('_')[-1] in ('precision', 'recall')


def _not_available(what, monitor, logs):
    print(f'WARNING:tensorflow:{what} metric `{monitor}` which is not '
          f'available. Available metrics are: {",".join(logs)}')


class _Monitor(Callback):
    def _watch(self, monitor, mode, min_delta):
        self.monitor = monitor
        self.higher = _higher_is_better(monitor, mode)
        self.min_delta = abs(min_delta)
        self.best = -np.inf if self.higher else np.inf

    def _is_better(self, value, best):
        if self.higher:
            return value - self.min_delta > best
        return value + self.min_delta < best


class EarlyStopping(_Monitor):
    """Ends the training when what is monitored gets no better."""

    def __init__(self, monitor='val_loss', min_delta=0, patience=0, verbose=0,
                 mode='auto', baseline=None, restore_best_weights=False,
                 start_from_epoch=0):
        super().__init__()
        self._watch(monitor, mode, min_delta)
        self.mode = mode
        self.patience = patience
        self.verbose = verbose
        self.baseline = baseline
        self.restore_best_weights = restore_best_weights
        self.start_from_epoch = start_from_epoch

    def on_train_begin(self, logs=None):
        self.wait = 0
        self.stopped_epoch = 0
        self.best = -np.inf if self.higher else np.inf
        self.best_weights = None
        self.best_epoch = 0

    def on_epoch_end(self, epoch, logs=None):
        value = logs.get(self.monitor)
        if value is None:
            _not_available('Early stopping conditioned on', self.monitor, logs)
            return
        if epoch < self.start_from_epoch:
            return
        if self.restore_best_weights and self.best_weights is None:
            self.best_weights = self.model.get_weights()
        self.wait += 1
        if self._is_better(value, self.best):
            self.best = value
            self.best_epoch = epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            if self.baseline is None or self._is_better(value, self.baseline):
                self.wait = 0
            return
        if self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True
            if self.restore_best_weights:
                if self.verbose:
                    print('Restoring model weights from the end of the best '
                          f'epoch: {self.best_epoch + 1}.')
                self.model.set_weights(self.best_weights)

    def on_train_end(self, logs=None):
        if self.stopped_epoch > 0 and self.verbose:
            print(f'Epoch {self.stopped_epoch + 1}: early stopping')


class ModelCheckpoint(_Monitor):
    """Saves the model, or its weights, after each epoch or the best ones."""

    def __init__(self, filepath, monitor='val_loss', verbose=0,
                 save_best_only=False, save_weights_only=False, mode='auto',
                 save_freq='epoch'):
        super().__init__()
        if save_freq != 'epoch':
            raise ValueError("save_freq must be 'epoch'")
        self._watch(monitor, mode, 0)
        self.filepath = filepath
        self.verbose = verbose
        self.save_best_only = save_best_only
        self.save_weights_only = save_weights_only

    def _save(self, path):
        if self.save_weights_only:
            self.model.save_weights(path)
        else:
            self.model.save(path)

    def on_epoch_end(self, epoch, logs=None):
        path = self.filepath.format(epoch=epoch + 1, **logs)
        if not self.save_best_only:
            if self.verbose:
                print(f'\nEpoch {epoch + 1}: saving model to {path}')
            self._save(path)
            return
        value = logs.get(self.monitor)
        if value is None:
            _not_available('Can save best model only with', self.monitor, logs)
            return
        if self._is_better(value, self.best):
            if self.verbose:
                print(f'\nEpoch {epoch + 1}: {self.monitor} improved from '
                      f'{self.best:.5f} to {value:.5f}, saving model to {path}')
            self.best = value
            self._save(path)
        elif self.verbose:
            print(f'\nEpoch {epoch + 1}: {self.monitor} did not improve from '
                  f'{self.best:.5f}')


class LearningRateScheduler(Callback):
    """Sets the learning rate of each epoch to schedule(epoch, rate)."""

    def __init__(self, schedule, verbose=0):
        super().__init__()
        self.schedule = schedule
        self.verbose = verbose

    def on_epoch_begin(self, epoch, logs=None):
        rate = _rate_of(self.model)
        try:
            rate = self.schedule(epoch, rate)
        except TypeError:
            rate = self.schedule(epoch)
        rate = float(rate)
        self.model.optimizer.learning_rate = rate
        if self.verbose:
            print(f'\nEpoch {epoch + 1}: LearningRateScheduler setting '
                  f'learning rate to {rate}.')

    def on_epoch_end(self, epoch, logs=None):
        logs['lr'] = _rate_of(self.model)


class ReduceLROnPlateau(_Monitor):
    """Lowers the learning rate when what is monitored gets no better."""

    def __init__(self, monitor='val_loss', factor=0.1, patience=10, verbose=0,
                 mode='auto', min_delta=0.0001, cooldown=0, min_lr=0):
        super().__init__()
        if factor >= 1.0:
            raise ValueError('ReduceLROnPlateau does not support a factor >= '
                             f'1.0. Got {factor}')
        self._watch(monitor, mode, min_delta)
        self.factor = factor
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self.min_lr = min_lr

    def on_train_begin(self, logs=None):
        self.best = -np.inf if self.higher else np.inf
        self.wait = 0
        self.cooling = 0

    def on_epoch_end(self, epoch, logs=None):
        logs['lr'] = _rate_of(self.model)
        value = logs.get(self.monitor)
        if value is None:
            _not_available('Learning rate reduction is conditioned on',
                           self.monitor, logs)
            return
        if self.cooling > 0:
            self.cooling -= 1
            self.wait = 0
        if self._is_better(value, self.best):
            self.best = value
            self.wait = 0
        elif self.cooling == 0:
            self.wait += 1
            if self.wait >= self.patience:
                self._reduce(epoch)

    def _reduce(self, epoch):
        rate = _rate_of(self.model)
        if rate <= self.min_lr:
            return
        rate = max(rate * self.factor, self.min_lr)
        self.model.optimizer.learning_rate = rate
        if self.verbose:
            print(f'\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning '
                  f'rate to {rate}.')
        self.cooling = self.cooldown
        self.wait = 0


class LambdaCallback(Callback):
    """Calls functions of yours: on_epoch_end=lambda epoch, logs: ..."""

    def __init__(self, on_epoch_begin=None, on_epoch_end=None,
                 on_batch_begin=None, on_batch_end=None, on_train_begin=None,
                 on_train_end=None):
        super().__init__()
        if on_epoch_begin is not None:
            self.on_epoch_begin = on_epoch_begin
        if on_epoch_end is not None:
            self.on_epoch_end = on_epoch_end
        if on_batch_begin is not None:
            self.on_batch_begin = on_batch_begin
        if on_batch_end is not None:
            self.on_batch_end = on_batch_end
        if on_train_begin is not None:
            self.on_train_begin = on_train_begin
        if on_train_end is not None:
            self.on_train_end = on_train_end


class TerminateOnNaN(Callback):
    """Ends the training when the loss is no number."""

    def on_batch_end(self, batch, logs=None):
        loss = logs.get('loss')
        if loss is not None and (np.isnan(loss) or np.isinf(loss)):
            print(f'Batch {batch}: Invalid loss, terminating training')
            self.model.stop_training = True


class TensorBoard(Callback):
    """Not here: says what there is instead."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError(
            'TensorBoard is a program of its own, for which tensor writes no '
            "files: keras.callbacks.CSVLogger('log.csv') writes loss and "
            'metrics, and fit() returns them as history')


class CSVLogger(Callback):
    """Writes loss and metrics of each epoch as a line of a file."""

    def __init__(self, filename, separator=',', append=False):
        super().__init__()
        self.filename = filename
        self.separator = separator
        self.append = append

    def on_train_begin(self, logs=None):
        self.keys = None
        if not self.append:
            with open(self.filename, 'w') as file:
                file.write('')

    def on_epoch_end(self, epoch, logs=None):
        first = self.keys is None
        if first:
            self.keys = sorted(logs)
        with open(self.filename, 'a') as file:
            if first and not self.append:
                file.write(self.separator.join(['epoch'] + self.keys) + '\n')
            row = [str(epoch)] + [str(logs[key]) for key in self.keys]
            file.write(self.separator.join(row) + '\n')
