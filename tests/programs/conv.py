# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
def conv2d(img, k, stride=1, padding=0):
    if padding: img = np.pad(img, padding)
    h = (img.shape[0] - k.shape[0]) // stride + 1; w = (img.shape[1] - k.shape[1]) // stride + 1
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            out[i, j] = np.sum(img[i*stride:i*stride+k.shape[0], j*stride:j*stride+k.shape[1]] * k)
    return out
def maxpool(x, s=2):
    h, w = x.shape
    return x[:h//s*s, :w//s*s].reshape(h//s, s, w//s, s).max(axis=(1, 3))
img = np.zeros((8, 8)); img[2:6, 2:6] = 1; img[3, 3] = 2
sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
print(conv2d(img, sobel)); print(conv2d(img, np.ones((3, 3)) / 9, padding=1).round(2)); print(maxpool(img))
def im2col(x, kh, kw):
    h, w = x.shape
    return np.array([x[i:i+kh, j:j+kw].ravel() for i in range(h-kh+1) for j in range(w-kw+1)])
print(np.array_equal((im2col(img, 3, 3) @ sobel.ravel()).reshape(6, 6), conv2d(img, sobel)))
x = np.arange(2*3*4*4).reshape(2, 3, 4, 4); w = np.ones((5, 3, 2, 2), int)
cols = np.lib.stride_tricks.sliding_window_view(x, (2, 2), axis=(2, 3)); print(cols.shape)
print(np.einsum('nchwij,ocij->nohw', cols, w)[0, 0])
print(np.rot90(np.arange(6).reshape(2, 3)), np.flipud(np.eye(3, k=1)), np.tile([[0, 1], [1, 0]], (2, 2)))
a = np.array([1, 2, 3]); print(np.convolve(a, [0, 1, 0.5]), np.outer(a, a), np.kron(a, [1, 0]))
print(''.join(' .:-=+*#%@'[int(v * 9)] for v in np.linspace(0, 1, 12)))
for row in conv2d(img, sobel): print(''.join('+' if v > 0 else '-' if v < 0 else '.' for v in row))
