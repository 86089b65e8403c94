# SPDX-License-Identifier: GPL-3.0-or-later
# What numpy.polynomial, numpy.testing and the functions of numpy that are
# written in the language itself print.
import numpy as np
import numpy.polynomial.polynomial as F
import numpy.testing as npt
from numpy.polynomial import Polynomial as P


def tell(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


# ------------------------------------------------------------- polynomials
p = P([1, 2, 3])
print(p, repr(p), type(p), f'{p:ascii}', p.degree(), len(p), list(p), p(2))
print(P([1.5, -2, 0, 1e-10], domain=[0, 4]), P([-1.25]))
print(P([0, 1, -1.0] * 5))
print(p.deriv(), p.integ(), p.integ(2, k=[1, 2]), p * p, p + 1, 2 * p,
      p - P([1]), p ** 2, p // P([1, 1]), p % P([1, 1]), p / 2, -p)
print(divmod(p, P([1, 1])), p == P([1, 2, 3]), p.coef, p.domain, p.symbol)
print(P([6, -5, 1]).roots(), repr(P.fromroots([1, 2])), repr(P.identity()))
q = P.fit([0, 1, 2, 3], [1, 3, 2, 5], 1)
print(q, repr(q), repr(q.convert()), q.mapparms(), q(1.5))
print(p.linspace(3), repr(P.basis(3)), p.cutdeg(1), P([1, 2, 0]).trim())
tell(lambda: p + P([1], domain=[0, 1]))
tell(P, [])
print(F.polyval(2, [1, 2, 3]), F.polyfromroots([1, 2]), F.polyroots([6, -5, 1]),
      F.polyadd([1, 2], [1, 2, 3]), F.polymul([1, 2], [1, 2, 3]),
      F.polydiv([1, 2, 3], [1, 1]), F.polypow([1, 2], 3), F.polyder([1, 2, 3]),
      F.polyint([1, 2, 3]), F.polyvander([1, 2], 2), F.polysub([1], [1, 2]),
      F.polymulx([1, 2]), F.polyline(1, 2), F.polytrim([1, 0, 0]),
      F.polycompanion([1, 2, 3]), F.polyvalfromroots(3, [1, 2]))
print(F.polyval([[1, 2], [3, 4]], [1, 2, 3]), F.polyx, F.polydomain)
print(type(np.poly1d([1, 2])), isinstance(np.poly1d([1, 2]), np.poly1d))

# ----------------------------------------------------------------- functions
print(np.bartlett(6), np.blackman(5), np.hamming(5), np.hanning(5))
print(np.kaiser(5, 14), np.bartlett(0), np.hanning(1), type(np.ones(2).flat))
bits = np.array([[[1, 0, 1], [0, 1, 0]], [[1, 1, 0], [0, 0, 1]]])
print(np.packbits(bits, axis=-1), np.packbits(bits),
      np.packbits([1, 1], bitorder='little'))
b = np.array([[2], [7], [23]], dtype=np.uint8)
print(np.unpackbits(b, axis=1), np.unpackbits(b),
      np.unpackbits(b, axis=1, count=-3), np.unpackbits(b, axis=1, count=10))
phase = np.linspace(0, np.pi, num=5)
phase[3:] += np.pi
print(np.unwrap(phase), np.unwrap([0, 1, 2, -1, 0], period=4))
degrees = np.mod(np.linspace(0, 720, 19), 360) - 180
print(np.unwrap(degrees, period=360))
np.random.seed(0)
r = np.random.randn(100, 3)
H, edges = np.histogramdd(r, bins=(5, 8, 4))
print(H.shape, [e.size for e in edges], H.sum(axis=(0, 1)))
print(np.histogramdd(r, bins=2, density=True)[0])


def pad_with(vector, pad_width, iaxis, kwargs):
    vector[:pad_width[0]] = kwargs.get('padder', 10)
    vector[-pad_width[1]:] = kwargs.get('padder', 10)


a = np.arange(6).reshape((2, 3))
print(np.pad(a, 2, pad_with), np.pad(a, 2, pad_with, padder=100))
a = np.eye(24).reshape(4, 6, 8, 3)
inverse = np.linalg.tensorinv(a, ind=2)
b = np.random.randn(4, 6)
print(inverse.shape, np.allclose(np.tensordot(inverse, b),
                                 np.linalg.tensorsolve(a, b)))
print(np.isfortran(np.ones((2, 2), order='F')), np.iterable(2),
      np.asfarray([2, 3]), np.isrealobj(1.0), np.angle([1., -1.]),
      np.angle(-1., deg=True))

# ------------------------------------------------------------------- testing
tell(npt.assert_allclose, [1, 2], [1, 2.1])
tell(npt.assert_allclose, [1, 2], [1, 2 + 1e-9])
tell(npt.assert_allclose, np.ones((2, 3)), np.zeros((2, 3)), err_msg='hello')
tell(npt.assert_array_equal, [1, 2], [1, 3])
tell(npt.assert_array_equal, [1, 2], [1, 2, 3])
tell(npt.assert_array_equal, [1, np.nan], [1, np.nan])
tell(npt.assert_array_equal, [1., np.nan], [1, 2])
tell(npt.assert_equal, [1, 2], [1, 3])
tell(npt.assert_equal, 4, 5)
tell(npt.assert_almost_equal, 2.3333333333333, 2.33333334, decimal=10)
tell(npt.assert_almost_equal, np.array([1.0, 2.3333333333333]),
     np.array([1.0, 2.33333334]), decimal=9)
tell(npt.assert_array_less, [1.0, 1.0, np.nan], [1, 2, np.nan])
tell(npt.assert_array_almost_equal, [1.0, 2.33333, np.nan],
     [1.0, 2.33339, np.nan], decimal=5)
tell(npt.assert_approx_equal, 0.12345670e-20, 0.12345672e-20, significant=8)
with npt.assert_raises(ValueError):
    raise ValueError('x')
