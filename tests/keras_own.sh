#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Layers, models, losses and metrics that a program writes itself, and models
# from inputs to outputs.  What they compute is known from the layers and losses
# that they are written after: the same numbers must come out.
. "${srcdir:-.}/tests/cli_functions.sh"

says() { # WHAT PROGRAM EXPECTED-OUTPUT
    printf '%s\n' "$start" "$2" >"$dir/program.py"
    "$TENSOR" "$dir/program.py" >"$dir/out" 2>"$dir/err"
    [ "$(cat "$dir/out")" = "$3" ] || fail "$1"
}

refuses() { # WHAT PROGRAM MESSAGE
    printf '%s\n' "$start" "$2" >"$dir/program.py"
    "$TENSOR" "$dir/program.py" >"$dir/out" 2>"$dir/err"
    grep -qF -- "$3" "$dir/err" || fail "$1"
}

start='import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
np.random.seed(3)
x = np.random.rand(40, 4).astype("float32")
y = (x.sum(axis=1) > 2).astype("float32").reshape(40, 1)
class Linear(layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = activation
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units),
                                 initializer="random_normal", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros",
                                 name="b")
    def call(self, inputs):
        z = tf.matmul(inputs, self.w) + self.b
        return z if self.activation is None else self.activation(z)
class Two(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(6, activation="relu")
        self.last = layers.Dense(1, activation="sigmoid")
    def call(self, inputs, training=False):
        return self.last(self.hidden(inputs))
def plain():
    m = keras.Sequential([layers.Dense(6, activation="relu"),
                          layers.Dense(1, activation="sigmoid")])
    m.build((None, 4))
    return m
def losses(m, weights, loss="mse", metrics=["mae"]):
    m(x)
    m.set_weights(weights)
    m.compile("rmsprop", loss, metrics=metrics)
    h = m.fit(x, y, epochs=3, batch_size=8, shuffle=False, verbose=0,
              validation_data=(x, y))
    return np.array([h.history[name] for name in h.history])
def same(a, b):
    return np.abs(a - b).max() < 1e-5
weights = plain().get_weights()
known = losses(plain(), weights)'

says "a layer of one's own trains as Dense does" "
m = keras.Sequential([Linear(6, tf.nn.relu), Linear(1, tf.nn.sigmoid)])
print(same(losses(m, weights), known))
print(m.layers[0].name, m.layers[1].units, m.output_shape)
print(m.evaluate(x, y, verbose=0)[0] < known[0][0], m.predict(x).shape)
m.summary()" "True
linear 1 (None, 1)
True (40, 1)
Model: \"sequential_2\"
_________________________________________________________________
Layer (type)                 Output Shape              Param #   
=================================================================
linear (Linear)              (None, 6)                 30        
_________________________________________________________________
linear_1 (Linear)            (None, 1)                 7         
=================================================================
Total params: 37
Trainable params: 37
Non-trainable params: 0
_________________________________________________________________"

says "a layer of one's own among others" "
m = keras.Sequential([Linear(6, tf.nn.relu),
                      layers.Dense(1, activation='sigmoid')])
print(same(losses(m, weights), known))"  "True"

says "a layer of one's own under a tape" "
layer = Linear(2)
with tf.GradientTape() as tape:
    z = tf.reduce_sum(layer(x))
w, b = tape.gradient(z, layer.trainable_weights)
print(same(w.numpy()[:, 0], x.sum(axis=0)), b.numpy())" "True [40. 40.]"

says "a layer's call() with training" "
class Noisy(layers.Layer):
    def call(self, inputs, training=None):
        return inputs * 2.0 if training else inputs
m = keras.Sequential([Noisy(), layers.Dense(1)])
m.compile('sgd', 'mse')
m.fit(x, y, verbose=0)
n = Noisy()
print(same(n(x, training=True).numpy(), 2 * x), same(n(x).numpy(), x))
print(same(m.predict(x), m.layers[1](x).numpy()))" "True True
True"

says "a model of one's own trains as Sequential does" "
m = Two()
print(same(losses(m, weights), known), m.name)
print(same(m.predict(x), m(x).numpy()), len(m.layers), m.count_params())
print(np.array(m.evaluate(x, y, verbose=0)).shape)" "True two
True 2 37
(2,)"

says "a model from inputs to outputs" "
inputs = keras.Input(shape=(4,))
h = layers.Dense(6, activation='relu')(inputs)
m = keras.Model(inputs=inputs, outputs=layers.Dense(1, 'sigmoid')(h))
print(same(losses(m, weights), known), h.shape, len(m.layers))
print(h)
m.summary()" "True (None, 6) 3
<KerasTensor: shape=(None, 6) dtype=float32 (created by layer 'dense_4')>
Model: \"model\"
_________________________________________________________________
Layer (type)                 Output Shape              Param #   
=================================================================
input_1 (InputLayer)         [(None, 4)]               0         
_________________________________________________________________
dense_4 (Dense)              (None, 6)                 30        
_________________________________________________________________
dense_5 (Dense)              (None, 1)                 7         
=================================================================
Total params: 37
Trainable params: 37
Non-trainable params: 0
_________________________________________________________________"

says "losses and metrics of one's own" "
def squares(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)
class Squares(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return tf.square(y_true - y_pred)
def off(y_true, y_pred):
    return tf.abs(y_true - y_pred)
print(same(losses(plain(), weights, squares, [off]), known))
print(same(losses(plain(), weights, Squares(), [off, 'mse'])[:2], known[:2]))
m = plain()
m.compile('sgd', squares, metrics=[off])
print(list(m.fit(x, y, verbose=0).history), m.loss)" "True
True
['loss', 'off'] squares"

says "a loss of one's own for class numbers" "
labels = y[:, 0].astype('int32')
m = keras.Sequential([layers.Dense(2, activation='softmax')])
m.build((None, 4))
w = m.get_weights()
def trained(loss):
    m.set_weights(w)
    m.compile('sgd', loss, metrics=['accuracy'])
    h = m.fit(x, labels, epochs=2, shuffle=False, verbose=0).history
    return np.array([h['loss'], h['accuracy']])
a = trained(lambda t, p: tf.keras.losses.sparse_categorical_crossentropy(t, p))
print(same(a, trained('sparse_categorical_crossentropy')))" "True"

says "metrics of one's own that keep what they are told" "
labels = y[:, 0].astype('int32')
class Rmse(keras.metrics.Metric):
    def __init__(self, name='rmse', **kwargs):
        super().__init__(name=name, **kwargs)
        self.sum = self.add_weight(name='sum', initializer='zeros')
        self.count = self.add_variable(shape=(), dtype='int32', name='count')
    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.one_hot(y_true, depth=tf.shape(y_pred)[1])
        self.sum.assign_add(tf.reduce_sum(tf.square(y_true - y_pred)))
        self.count.assign_add(tf.shape(y_pred)[0])
    def result(self):
        return tf.sqrt(self.sum / tf.cast(self.count, tf.float32))
m = keras.Sequential([layers.Dense(2, activation='softmax')])
m.compile('sgd', 'sparse_categorical_crossentropy', metrics=[Rmse(), 'acc'])
h = m.fit(x, labels, epochs=2, batch_size=16, verbose=0,
          validation_data=(x, labels)).history
wanted = np.sqrt(np.square(np.eye(2)[labels] - m.predict(x)).sum() / 40)
print(sorted(h), same(h['val_rmse'][-1], wanted),
      same(m.evaluate(x, labels, verbose=0)[1], wanted))
mean = keras.metrics.Mean(name='loss')
mean.update_state(2.0)
mean.update_state([4.0, 6.0])
print(mean.result().numpy(), mean.name)
mean.reset_state()
print(mean([1, 3, 5, 7], sample_weight=[1, 1, 0, 0]).numpy())" \
"['acc', 'loss', 'rmse', 'val_acc', 'val_loss', 'val_rmse'] True True
4.0 loss
2.0"

says "losses of one's own with weights of samples and classes" "
class Squares(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return tf.square(y_true - y_pred)
weight = np.random.rand(40)
def weighted(loss):
    m = plain()
    m.set_weights(weights)
    m.compile('sgd', loss)
    return np.array([m.fit(x, y, epochs=2, shuffle=False, verbose=0, **given)
                     .history['loss']
                     for given in ({'sample_weight': weight},
                                   {'class_weight': {0: 1.0, 1: 3.0}})])
wanted = weighted('mse')
print(same(weighted(Squares()), wanted),
      same(weighted(lambda t, p: tf.reduce_mean(tf.square(t - p), -1)), wanted),
      Squares()([1.0, 2.0], [1.0, 4.0], sample_weight=[1, 3]).numpy())" \
"True True 6.0"

refuses "a metric whose result is no number" "
class Two(keras.metrics.Metric):
    def update_state(self, y_true, y_pred, sample_weight=None):
        pass
    def result(self):
        return [1.0, 2.0]
m = plain()
m.compile('sgd', 'mse', metrics=[Two()])
m.fit(x, y, verbose=0)" "result() of a metric must be one number"
refuses "a loss that a batch has no mean of" "
plain().compile('sgd', keras.losses.MeanSquaredError(reduction='sum'))" \
    "reduction='sum'"

says "weights of a model of one's own in a file" "
class Bare(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b = tf.Variable([1.0, 2.0]), tf.Variable([3.0])
    def call(self, inputs):
        return inputs * self.b
for made in Two, Bare:
    m, n = made(), made()
    m(x), n(x)
    m.set_weights([w + 1 for w in m.get_weights()])
    m.save_weights('$dir/w.npz')
    n.load_weights('$dir/w.npz')
    print(same(n.predict(x), m.predict(x)), np.load('$dir/w.npz').files[1])" \
"True dense_4/bias
True Variable_1"
refuses "weights before there are any" "Two().save_weights('$dir/w.npz')" \
    "have not yet been created"
refuses "a model of one's own as a file" "Two().save('$dir/m.keras')" \
    "model.save_weights('w.npz')"
printf '\211HDF\r\n\032\n.......' >"$dir/keras.h5"
refuses "a file of Keras's own" "plain().load_weights('$dir/keras.h5')" \
    "np.savez('w.npz', *model.get_weights())"
refuses "a name of HDF5's" "plain().save_weights('$dir/m.weights.h5')" \
    "is written as an NPZ archive"

# Steps that do what fit() does come to the same numbers.
says "steps of one's own" "
class Compiled(Two):
    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            outputs = self(inputs, training=True)
            loss = self.compiled_loss(targets, outputs)
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_weights))
        self.compiled_metrics.update_state(targets, outputs)
        return {m.name: m.result() for m in self.metrics}
class Apart(Two):
    tracker = keras.metrics.Mean(name='loss')
    mae = keras.metrics.MeanAbsoluteError(name='mae')
    loss_fn = keras.losses.MeanSquaredError()
    metrics = [tracker, mae]
    def one_step(self, data, learn):
        inputs, targets = data
        with tf.GradientTape() as tape:
            outputs = self(inputs, training=True)
            loss = self.loss_fn(targets, outputs)
        if learn:
            gradients = tape.gradient(loss, self.trainable_weights)
            self.optimizer.apply(gradients, self.trainable_weights)
        self.tracker.update_state(loss, sample_weight=len(inputs))
        self.mae.update_state(targets, outputs)
        return {m.name: m.result() for m in self.metrics}
    def train_step(self, data):
        return self.one_step(data, True)
    def test_step(self, data):
        return self.one_step(data, False)
class Super(Two):
    def train_step(self, data):
        return super().train_step(data)
print([same(losses(made(), weights), known)
       for made in (Compiled, Apart, Super)])
m = Apart()
m.compile(optimizer=keras.optimizers.SGD(0.0))
h = m.fit(x, y, epochs=2, batch_size=16, verbose=0, validation_split=0.25,
          callbacks=[keras.callbacks.EarlyStopping(patience=1)])
print(h.epoch, list(h.history), h.params)
print(same(h.history['val_loss'][-1], m.evaluate(x[30:], y[30:], verbose=0)[0]),
      sorted(m.evaluate(x, y, verbose=0, return_dict=True)))" \
"[True, True, True]
[0, 1] ['loss', 'mae', 'val_loss', 'val_mae'] \
{'verbose': 0, 'epochs': 2, 'steps': 2}
True ['loss', 'mae']"
refuses "a step that returns no dict" "
class Wrong(Two):
    def train_step(self, data):
        return 1.0
m = Wrong()
m.compile('sgd', 'mse')
m.fit(x, y, verbose=0)" "return a dict of numbers by name"

cat >"$dir/in" <<'END'
class Plus(keras.layers.Layer):
    def call(self, inputs):
        return inputs + 1

net = keras.Sequential([Plus(), keras.layers.Dense(1)])
net.compile('sgd', 'mse')
x = np.random.rand(20, 3); y = np.random.rand(20, 1)
train net x y epochs=2 batch=10
history.epoch
train net x y &
train net
END
"$TENSOR" -i <"$dir/in" >"$dir/out" 2>"$dir/err"
grep -qF '[0, 1]' "$dir/out" && grep -qF 'Epoch 2/2' "$dir/out" &&
    grep -qF "the prompt's own thread" "$dir/err" &&
    grep -qF 'hint: train net x y' "$dir/err" &&
    grep -qF 'net.fit(x / 255, y)' "$dir/err" || fail "train with parts of one's own"

refuses "add_loss()" "
class Priced(layers.Layer):
    def call(self, inputs):
        self.add_loss(tf.reduce_sum(inputs))
        return inputs
print(Priced.from_config({'name': 'p'}).losses)
Priced()(x)" "a train_step() of your own"

refuses "a layer without super().__init__()" "
class Lost(layers.Layer):
    def __init__(self):
        pass
Lost()(x)" "forgot to call"
refuses "what goes wrong in call() while training" "
class Wrong(layers.Layer):
    def call(self, inputs):
        return inputs @ np.ones((3, 3))
m = keras.Sequential([Wrong(), layers.Dense(1)])
m.compile('sgd', 'mse')
m.fit(x, y, verbose=0)" "mismatch in its core dimension"
refuses "what goes wrong in a loss" "
def loss(y_true, y_pred):
    raise ValueError('no such loss')
m = plain()
m.compile('sgd', loss)
m.fit(x, y, verbose=0)" "ValueError: no such loss"
refuses "inputs that outputs do not come from" "
a, b = keras.Input(shape=(4,)), keras.Input(shape=(4,))
keras.Model(a, layers.Dense(1)(b))" "Graph disconnected"
finish
