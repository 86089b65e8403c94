# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
x = np.array(12); print(x, x.ndim)
x = np.array([12, 3, 6, 14]); print(x, x.ndim)
x = np.array([[5, 78, 2, 34, 0], [6, 79, 3, 35, 1], [7, 80, 4, 36, 2]]); print(x.ndim, x.shape, x.dtype)
x = np.array([[[5, 78, 2, 34, 0]] * 3] * 3); print(x.ndim, x.shape)
def naive_relu(x):
    assert len(x.shape) == 2
    x = x.copy()
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[i, j] = max(x[i, j], 0)
    return x
def naive_add(x, y):
    assert len(x.shape) == 2
    assert x.shape == y.shape
    x = x.copy()
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[i, j] += y[i, j]
    return x
def naive_add_matrix_and_vector(x, y):
    assert len(x.shape) == 2
    assert len(y.shape) == 1
    assert x.shape[1] == y.shape[0]
    x = x.copy()
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[i, j] += y[j]
    return x
def naive_vector_dot(x, y):
    assert len(x.shape) == 1 and len(y.shape) == 1
    assert x.shape[0] == y.shape[0]
    z = 0.
    for i in range(x.shape[0]):
        z += x[i] * y[i]
    return z
def naive_matrix_vector_dot(x, y):
    z = np.zeros(x.shape[0])
    for i in range(x.shape[0]):
        z[i] = naive_vector_dot(x[i, :], y)
    return z
def naive_matrix_dot(x, y):
    assert x.shape[1] == y.shape[0]
    z = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            z[i, j] = naive_vector_dot(x[i, :], y[:, j])
    return z
A = np.array([[1., -2., 3.], [-4., 5., -6.]])
print(naive_relu(A)); print(naive_add(A, A)); print(naive_add_matrix_and_vector(A, np.array([10., 20., 30.])))
print(naive_vector_dot(A[0], A[1]), naive_matrix_vector_dot(A, np.array([1., 1., 1.])))
print(naive_matrix_dot(A, A.T), np.allclose(naive_matrix_dot(A, A.T), A @ A.T))
x = np.random.RandomState(0).random((64, 3, 32, 10)); y = np.random.RandomState(1).random((32, 10))
z = np.maximum(x, y); print(z.shape)
x = np.array([[0., 1.], [2., 3.], [4., 5.]]); print(x.shape); x = x.reshape((6, 1)); print(x); x = x.reshape((2, 3)); print(x)
x = np.zeros((300, 20)); x = np.transpose(x); print(x.shape)
try: naive_add(A, A.T)
except AssertionError as e: print('AssertionError', repr(e))
images = np.arange(60 * 4 * 4).reshape(60, 4, 4) % 256
print(images[10:20].shape, images[:, 2:, 2:].shape, images[:, 1:-1, 1:-1].shape)
batch = images[:16]; n = 2; batch = images[16 * n:16 * (n + 1)]; print(batch.shape)
def softmax(v):
    e = np.exp(v - np.max(v)); return e / e.sum()
print(np.round(softmax(np.array([1., 2., 3.])), 5))
