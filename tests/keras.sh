#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Networks as a program uses them: callbacks, weights in files, what is wrong.
# What is printed is Keras 2's (keras.io, keras/utils/layer_utils.py).
. "${srcdir:-.}/tests/cli_functions.sh"

says() { # WHAT PROGRAM EXPECTED-OUTPUT
    printf '%s\n' "$2" >"$dir/program.py"
    "$TENSOR" "$dir/program.py" >"$dir/out" 2>"$dir/err"
    [ "$(cat "$dir/out")" = "$3" ] || fail "$1"
}

refuses() { # WHAT PROGRAM MESSAGE HINT
    printf '%s\n' "$start" "$2" >"$dir/program.py"
    "$TENSOR" "$dir/program.py" >"$dir/out" 2>"$dir/err"
    grep -qF -- "$3" "$dir/err" && grep -qF -- "$4" "$dir/err" || fail "$1"
}

start='import numpy as np
from tensorflow import keras
from tensorflow.keras import layers, models
np.random.seed(3)
x = np.random.rand(40, 4)
y = (x.sum(axis=1) > 2).astype("int32")
m = models.Sequential([layers.Dense(8, activation="relu", input_shape=(4,)),
                       layers.Dense(2, activation="softmax")])
m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])'

says "what callbacks are told" "$start
class Watch(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        print('begin', self.params)
    def on_epoch_begin(self, epoch, logs=None):
        print('epoch', epoch)
    def on_train_batch_end(self, batch, logs=None):
        print(batch, sorted(logs))
    def on_epoch_end(self, epoch, logs=None):
        print('end', sorted(logs), self.model is not None)
        self.model.stop_training = epoch == 1
h = m.fit(x, y, epochs=5, batch_size=20, verbose=0, callbacks=[Watch()],
          validation_data=(x, y))
print(h.epoch, len(h.history['val_loss']))" \
"begin {'verbose': 0, 'epochs': 5, 'steps': 2}
epoch 0
0 ['accuracy', 'loss']
1 ['accuracy', 'loss']
end ['accuracy', 'loss', 'val_accuracy', 'val_loss'] True
epoch 1
0 ['accuracy', 'loss']
1 ['accuracy', 'loss']
end ['accuracy', 'loss', 'val_accuracy', 'val_loss'] True
[0, 1] 2"

# Keras before 2.3 recorded metrics=['accuracy'] as 'acc'.
says "the name that was asked for, read by either name" "$start
h = m.fit(x, y, epochs=2, verbose=0, validation_split=0.25)
print(list(h.history), 'acc' in h.history)
print(h.history['val_acc'] == h.history['val_accuracy'])" \
"['loss', 'accuracy', 'val_loss', 'val_accuracy'] False
True"

# A rate of 0 never gets better: patience 2 stops after the third epoch.
says "EarlyStopping" "$start
m.optimizer.learning_rate = 0.0
h = m.fit(x, y, epochs=9, verbose=0, shuffle=False,
          callbacks=[keras.callbacks.EarlyStopping('loss', patience=2)])
print(h.epoch)" "[0, 1, 2]"

says "LearningRateScheduler" "$start
halve = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2)
print(m.fit(x, y, epochs=2, verbose=0, callbacks=[halve]).history['lr'])" \
    "[0.0005, 0.00025]"

says "weights in a file" "$start
m.save_weights('$dir/w.npz')
before = m.get_weights()
m.set_weights([w * 0 for w in before])
m.load_weights('$dir/w.npz')
print(all(np.array_equal(a, b) for a, b in zip(before, m.get_weights())))" True

says "frozen layers stay" "$start
m.layers[0].trainable = False
before = m.layers[0].get_weights()[0]
m.fit(x, y, verbose=0)
print(np.array_equal(before, m.layers[0].get_weights()[0]),
      len(m.trainable_weights), len(m.non_trainable_weights))" "True 2 2"

# Python writes nan without a sign; inf - inf has one.
printf '%s\n' "$start" "m.fit(x * np.nan, y, epochs=1)" \
    "m.fit(-x * np.nan, y, epochs=1)" >"$dir/program.py"
"$TENSOR" "$dir/program.py" >"$dir/out" 2>"$dir/err"
grep -q "loss: nan" "$dir/out" && ! grep -q -e "-nan" "$dir/out" ||
    fail "a loss that is not a number"

# what does not fit names its way out
refuses "too few numbers in a sample" "m.fit(x[:, :3], y)" \
    'layer "dense" is incompatible' "input_shape=(3,)"
refuses "one sample for a batch" "m.predict(x[0])" "found shape=(None, 1)" \
    "x[0:1] instead of x[0], or x[np.newaxis]"
refuses "a label below 0" "m.fit(x, y - 1)" "label value of -1" "y - y.min()"
refuses "no epochs" "m.fit(x, y, epochs=0)" "at least 1, got 0" "hint: epochs=5"
refuses "no batch" "m.fit(x, y, batch_size=0)" "at least 1, got 0" \
    "hint: batch_size=128"
refuses "numbers for images" \
    "models.Sequential([layers.Dense(9, input_shape=(4,)), layers.Conv2D(4, 3)])" \
    'layer "conv2d"' "keras.layers.Reshape((3, 3, 1))"
"$TENSOR" - <<'END' >"$dir/out" 2>"$dir/err" || fail "the way out"
from tensorflow.keras import layers, models
m = models.Sequential([layers.Dense(9, input_shape=(4,)),
                       layers.Reshape((3, 3, 1)), layers.Conv2D(4, 3)])
assert m.output_shape == (None, 1, 1, 4)
END

# keras.io/api/ops/core and keras.io/2/api: the two modules' constructors
says "keras.Variable" "import keras
import tensorflow as tf
from keras import ops
from tensorflow.keras import layers
v = keras.Variable(shape=(2, 3), initializer='uniform', name='w')
print(v.shape, v.name, float(ops.max(ops.abs(v))) <= 0.05)
print(keras.Variable('ones', (2,)).numpy(), keras.Variable([4.0]).numpy())
print(keras.Variable(initializer=keras.random.normal(shape=(3, 1))).shape)
print(isinstance(v, keras.Variable), isinstance(v, tf.Variable))
print(keras.__version__ == tf.__version__)
try:
    keras.Variable('ones')
except ValueError as error:
    print(error)" \
"(2, 3) w True
[1. 1.] [4.]
(3, 1)
True True
True
When creating a Variable from an initializer, the \`shape\` argument should be \
specified. Received: initializer=ones and shape=None"
says "keras.random" "import keras
import numpy as np
a = keras.random.uniform((1000,), -2.0, 4.0, seed=1)
b = keras.random.normal((1000,), mean=3.0, stddev=0.5, seed=1)
print(a.numpy().dtype, abs(np.mean(a) - 1) < 0.2, np.min(a) >= -2, np.max(a) < 4)
print(abs(np.mean(b) - 3) < 0.1, abs(np.std(b) - 0.5) < 0.05)
print(sorted(set(keras.random.randint((99,), 2, 5).numpy())))
print(sorted(keras.random.shuffle(np.arange(5)).numpy()))" \
"float32 True True True
True True
[2, 3, 4]
[0, 1, 2, 3, 4]"

# keras.io/api/metrics: 0.75 and, with from 0 to 1 apart, 1.0; optimizers: a
# common length of 5 becomes 1.
says "AUC" "$start
from tensorflow.keras import metrics
a = metrics.AUC()
a.update_state([0, 0, 1, 1], [0, 0.5, 0.3, 0.9])
print(a.result().numpy(), a.name)
b = metrics.AUC()
b.update_state([0, 1], [0.1, 0.9])
print(b.result().numpy())" "0.75 auc
1.0"
says "global_clipnorm" "$start
import tensorflow as tf
a, b = tf.Variable([0.0, 0.0]), tf.Variable([0.0, 0.0])
o = keras.optimizers.SGD(1.0, global_clipnorm=1.0)
o.apply_gradients([(tf.constant([3.0, 0.0]), a), (tf.constant([0.0, 4.0]), b)])
print(a.numpy(), b.numpy())
def train(optimizer):
    m = keras.Sequential([layers.Dense(1, input_shape=(4,))])
    m.set_weights([np.ones((4, 1)), np.ones(1)])
    m.compile(optimizer, 'mse')
    m.fit(x, y, batch_size=40, verbose=0)
    return np.concatenate([w.ravel() for w in m.get_weights()]) - 1
free = train(keras.optimizers.SGD(1.0))
held = train(keras.optimizers.SGD(1.0, global_clipnorm=0.5))
print(np.abs(held - 0.5 * free / np.linalg.norm(free)).max() < 1e-6)" \
"[-0.6  0. ] [ 0.  -0.8]
True"

says "a saved model goes on as if it had not been" "$start
s = keras.optimizers.schedules.ExponentialDecay(0.01, 4, 0.5)
for o in [keras.optimizers.Adam(), keras.optimizers.SGD(s, momentum=0.9),
          keras.optimizers.Nadam(), keras.optimizers.RMSprop(momentum=0.9)]:
    m.compile(o, 'sparse_categorical_crossentropy')
    m.fit(x, y, epochs=2, shuffle=False, verbose=0)
    m.save('$dir/m.keras')
    n = models.load_model('$dir/m.keras')
    a = m.fit(x, y, epochs=2, shuffle=False, verbose=0)
    b = n.fit(x, y, epochs=2, shuffle=False, verbose=0)
    print(a.history == b.history, end=' ')
m.load_weights('$dir/m.keras')
print(models.load_model('$dir/m.keras').predict(x[:9]).tolist()
      == m.predict(x[:9]).tolist())" "True True True True True"

# The functions compute what the layers do, and their derivatives are those of
# finite differences.
says "convolution and pooling as functions" "import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
np.random.seed(0)
x = np.random.rand(2, 7, 6, 3).astype('float32')
good = []
for padding in 'valid', 'same':
    for strides in 1, 2, (2, 3):
        layer = layers.Conv2D(4, (3, 2), strides=strides, padding=padding)
        pairs = [(layer(x), tf.nn.conv2d(x, layer.kernel, strides, padding))]
        for kind, function in ((layers.MaxPooling2D, tf.nn.max_pool2d),
                               (layers.AveragePooling2D, tf.nn.avg_pool2d)):
            pairs.append((kind((3, 2), strides=strides, padding=padding)(x),
                          function(x, (3, 2), strides, padding)))
        good += [np.abs(a.numpy() - b.numpy()).max() < 1e-5 for a, b in pairs]
print(len(good), all(good))
x, w = np.random.rand(1, 4, 4, 3), np.random.rand(2, 2, 3, 2)
print(gradcheck(lambda x, w: tf.nn.conv2d(x, w, 1, 'SAME'), x, w),
      gradcheck(lambda x: tf.nn.max_pool2d(x, 2, 2, 'VALID'), x),
      gradcheck(lambda x: tf.nn.avg_pool2d(x, 2, 1, 'SAME'), x))" "18 True
True True True"

# By hand; a variable's gradient is that of all its reads, as TensorFlow counts
# them (tensorflow/python/eager/backprop.py).
says "tapes and variables that are assigned to" "import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as tape:
    y = x * x
x.assign(5.0)
print(tape.gradient(y, x).numpy())
with tf.GradientTape() as tape:
    y = x * x
    x.assign_add(1.0)
    y = y + 3 * x
print(tape.gradient(y, {'x': [x]})['x'][0].numpy(), x.numpy())
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    x.assign_sub(0.5 * tape.gradient(y, x))
    z = x ** 3
print(x.numpy(), tape.gradient(y, x).numpy(), tape.gradient(z, x).numpy())" \
"4.0
13.0 6.0
0.0 12.0 0.0"

says "jacobians of a tape" "import tensorflow as tf
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum(x ** 3) * x[0]
    slope = inner.gradient(y, x)
print(outer.jacobian(slope, x).numpy().tolist())
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
w = tf.Variable([[1.0], [2.0]])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x ** 2
    z = x @ w
print(tape.batch_jacobian(y, x).numpy().tolist())
print([part.numpy().tolist() for part in tape.jacobian(z, [w, w])][0])
with tf.GradientTape() as tape:
    z = w * 2
tape.jacobian(z, w)
try:
    tape.jacobian(z, w)
except RuntimeError as error:
    print(error)" "[[12.0, 12.0], [12.0, 12.0]]
[[[2.0, 0.0], [0.0, 4.0]], [[6.0, 0.0], [0.0, 8.0]]]
[[[[1.0], [2.0]]], [[[3.0], [4.0]]]]
A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"

says "second derivatives through layers, and their gradients" \
"import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers
np.random.seed(0)
m = Sequential([layers.Dense(8, activation='tanh', input_shape=(1,)),
                layers.Dense(6, activation='sigmoid'), layers.Dense(1)])
x = tf.constant(np.linspace(-1, 1, 5).reshape(5, 1).astype('float32'))
def curve():
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = m(x)
        slope = inner.gradient(y, x)
    return outer.gradient(slope, x)
def loss():
    return tf.reduce_mean(tf.square(curve()))
h = 1e-2
up, here, down = [m(x.numpy() + d).numpy() for d in (h, 0, -h)]
print(np.abs(curve().numpy() - (up - 2 * here + down) / h**2).max() < 2e-2)
with tf.GradientTape() as tape:
    value = loss()
gradient = tape.gradient(value, m.trainable_variables)[0].numpy()[0, 0]
sides = []
weights = m.get_weights()
for d in (h, -2 * h):
    weights[0][0, 0] += d
    m.set_weights(weights)
    sides.append(float(loss()))
print(abs((sides[0] - sides[1]) / (2 * h) - gradient) < 1e-3)" "True
True"

# In float64 the derivatives are those of differences to six digits, by the
# targets, too, and they have derivatives.
says "losses in float64, and their derivatives" "import numpy as np
import tensorflow as tf
from tensorflow import keras
names = ['mse', 'mae', 'categorical_crossentropy', 'binary_crossentropy',
         'mape', 'msle', 'hinge', 'squared_hinge', 'huber', 'log_cosh',
         'poisson', 'kl_divergence']
t = np.array([[0.2, 0.9, 0.4], [0.7, 0.1, 0.6]])
p = np.array([[0.3, 0.7, 0.5], [0.6, 0.4, 0.1]])
good = []
def near(*args):
    return gradcheck(*args, eps=1e-5, atol=1e-8, rtol=1e-6)
for name in names:
    loss = getattr(keras.losses, name)
    short = loss(t.astype('float32'), p.astype('float32')).numpy()
    good += [loss(t, p).dtype == 'float64', short.dtype == 'float32',
             np.abs(loss(t, p).numpy() - short).max() < 1e-4, near(loss, t, p)]
for logits in True, False:
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=logits)
    good += [near(lambda y: loss([2, 0], y), p)]
    loss = keras.losses.BinaryCrossentropy(logits, label_smoothing=0.1)
    good += [near(lambda y: loss(t, y), p)]
    loss = keras.losses.CategoricalCrossentropy(logits, label_smoothing=0.1)
    good += [near(grad(lambda y: loss(t, y)), p)]
print(len(good), all(good))" "54 True"

# The numbers are those of keras.io/api/losses and keras.io/api/metrics.
says "weights and reductions of losses, weights of metrics" "$start
y_true, y_pred = [[0., 1.], [0., 0.]], [[1., 1.], [1., 0.]]
mse = keras.losses.MeanSquaredError
print(mse()(y_true, y_pred).numpy(),
      mse()(y_true, y_pred, sample_weight=[0.7, 0.3]).numpy(),
      mse(reduction='sum')(y_true, y_pred).numpy(),
      mse(reduction=keras.losses.Reduction.NONE)(y_true, y_pred).numpy())
print(mse(name='m').get_config())
def weighted(metric, *args, sample_weight):
    metric.update_state(*args, sample_weight=sample_weight)
    return metric.result().numpy()
print(weighted(keras.metrics.MeanSquaredError(), [[0, 1], [0, 0]],
               [[1, 1], [0, 0]], sample_weight=[1, 0]),
      weighted(keras.metrics.AUC(), [0, 0, 1, 1], [0, 0.5, 0.3, 0.9],
               sample_weight=[1, 0, 0, 1]),
      weighted(keras.metrics.Precision(), [0, 1, 1, 1], [1, 0, 1, 1],
               sample_weight=[0, 0, 1, 0]))" \
"0.5 0.25 1.0 [0.5 0.5]
{'reduction': 'sum_over_batch_size', 'name': 'm'}
0.5 1.0 1.0"

says "constructors are classes, and settings make the same again" "
from tensorflow import keras
from tensorflow.keras import layers
l = layers.Dense(3, activation='relu', kernel_regularizer='l2', name='d')
print(type(l).__name__, type(l) == layers.Dense, isinstance(l, layers.Dense),
      isinstance(l, (layers.Flatten, layers.Conv2D)))
n = layers.Dense.from_config(l.get_config())
print(n.name, n.units, n.get_config() == l.get_config())
rate = keras.optimizers.schedules.ExponentialDecay(0.01, 4, 0.5)
for o in keras.optimizers.Adam(0.01), keras.optimizers.SGD(rate, momentum=0.9):
    print(type(o).from_config(o.get_config()).get_config() == o.get_config(),
          o.get_config()['name'], o.get_config()['learning_rate'])" "\
Dense True True False
d 3 True
True Adam 0.01
True SGD {'class_name': 'ExponentialDecay', 'config': {\
'initial_learning_rate': 0.01, 'decay_steps': 4.0, 'decay_rate': 0.5, \
'staircase': False}}"

says "the learning rate as a variable" "$start
r = m.optimizer.learning_rate
print(r, r.numpy(), f'{r:.4f}', r < 1, round(float(r * 2), 4))
keras.backend.set_value(m.optimizer.lr, 0.25)
print(keras.backend.get_value(m.optimizer.lr), r.assign(0.5))
m.optimizer.learning_rate = r / 2
m.fit(x, y, batch_size=10, verbose=0)
print(r, m.optimizer.iterations, m.optimizer.iterations.numpy() + 1)
print(keras.optimizers.get('sgd').get_config()['learning_rate'],
      isinstance(m.optimizer, keras.optimizers.Optimizer))" "\
0.001 0.001 0.0010 tf.Tensor(True, shape=(), dtype=bool) 0.002
0.25 0.5
0.25 4 5
0.01 True"

says "what evaluate() and predict() tell, and metrics with weights" "$start
class Told(keras.callbacks.Callback):
    def on_test_begin(self, logs=None):
        print('test', self.model is not None)
    def on_test_end(self, logs=None):
        print(sorted(logs))
    def on_predict_end(self, logs=None):
        print('predicted', logs['outputs'].shape)
one = m.evaluate(x, y, verbose=0, callbacks=[Told()])
m.predict(x, callbacks=[Told()])
print(m.evaluate(x, y, batch_size=4, steps=5, verbose=0)
      == m.evaluate(x[:20], y[:20], verbose=0))
m.compile('sgd', 'mse', metrics=['mae'], weighted_metrics=['mae'])
w = np.arange(40.0)
t = np.random.rand(40, 2)
off = np.abs(m.predict(x) - t).mean(axis=1)
found = m.evaluate(x, t, sample_weight=w, verbose=0)[1:]
print(np.abs(found - np.array([off.mean(), (w * off).sum() / w.sum()])).max()
      < 1e-6)" "test True
['accuracy', 'loss']
predicted (40, 2)
True
True"

says "what objects count as, and models from settings" "$start
import tensorflow as tf
print(isinstance(m, keras.Model), isinstance(m, models.Sequential),
      isinstance(m.layers[0], layers.Layer), isinstance(3, layers.Layer),
      isinstance(keras.losses.Huber(), keras.losses.Loss), isinstance(3, object))
n = models.Sequential.from_config(m.get_config())
c = models.clone_model(m)
print(n.get_config() == m.get_config(), c.count_params(), m.trainable,
      np.array_equal(c.get_weights()[0], m.get_weights()[0]))
print(layers.Dense(2, activation=tf.nn.relu).get_config()['activation'],
      layers.Lambda(lambda z: z * 2)(x[:1]).numpy().shape)" "\
True True True False True True
True 58 True False
relu (1, 4)"

refuses "an activation of one's own" \
    "layers.Dense(3, activation=lambda z: z)" \
    "must be the name of an activation function" "layers.Lambda(f)"
refuses "TensorBoard" "keras.callbacks.TensorBoard('logs')" "CSVLogger" ""

# By hand: of 0 1 1 0 the output names 0.6 0.7, one of them wrongly.
says "counts, exact accuracy and thresholds" "$start
from tensorflow.keras import metrics, initializers, optimizers
import tensorflow as tf
def of(metric, *pair):
    metric.update_state(*pair)
    return metric.result().numpy()
t, p = [0, 1, 1, 0], [0.6, 0.7, 0.2, 0.1]
print([of(kind(), t, p) for kind in (
    metrics.TruePositives, metrics.TrueNegatives, metrics.FalsePositives,
    metrics.FalseNegatives)], of(metrics.Precision(thresholds=0.65), t, p))
print(of(metrics.Accuracy(), [[1], [2]], [[2], [2]]),
      metrics.Precision().get_config())
i = initializers.RandomNormal(stddev=0.1, seed=1)
same = type(i).from_config(i.get_config())
print(i.get_config(), (i((2, 2)).numpy() == same((2, 2)).numpy()).all(),
      isinstance(initializers.get('zeros'), initializers.Initializer))
v = tf.Variable(10.0)
optimizers.SGD(0.1).minimize(lambda: v**2 / 2.0, [v])
print(v.numpy(), keras.losses.get('mse')([[0.0, 1.0]], [[1.0, 1.0]]).numpy())
def compiled():
    m.compile('sgd', 'binary_crossentropy', metrics=[metrics.FalseNegatives()])
    return m.evaluate(x, keras.utils.to_categorical(y), verbose=0)[1]
print(compiled() == ((m.predict(x) <= 0.5)
                     & (keras.utils.to_categorical(y) == 1)).sum())" "\
[1.0, 1.0, 1.0, 1.0] 1.0
0.5 {'name': 'precision', 'dtype': 'float32', 'thresholds': 0.5}
{'mean': 0.0, 'stddev': 0.1, 'seed': 1} True True
9.0 [0.5]
True"
refuses "an initializer of one's own" \
    "layers.Dense(3, kernel_initializer=lambda shape, dtype=None: 0)" \
    "must be the name of an initializer" "layer.set_weights([kernel, bias])"

refuses "a summary without weights" "
keras.Sequential([layers.Dense(3)]).summary()" \
    "This model has not yet been built" "model.build((None, 784))"
refuses "the book's data that are not here" "
from tensorflow.keras.datasets import imdb, reuters, boston_housing
imdb.load_data(num_words=10000)" "imdb is not part of tensor" "fashion_mnist"

refuses "a one-hot target" "m.fit(x, keras.utils.to_categorical(y))" \
    "expected dense_1 to have shape (1,)" "categorical_crossentropy"
refuses "an image without channels" \
    "models.Sequential([layers.Conv2D(2, 3)]).predict(np.zeros((1, 8, 8)))" \
    'layer "conv2d" is incompatible' "x.reshape((len(x), 8, 8, 1))"
refuses "a misspelt loss" "m.compile('sgd', 'mean_squared_eror')" \
    "Unknown loss function" "did you mean 'mean_squared_error'?"
refuses "a misspelt argument" "layers.Dense(3, activaton='relu')" \
    "unexpected keyword argument 'activaton'" "activation"
refuses "a foreign file" "m.load_weights('$dir/program.py')" \
    "not a sound NPZ archive" ""

finish
