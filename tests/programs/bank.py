# SPDX-License-Identifier: GPL-3.0-or-later
class InsufficientFunds(Exception):
    def __init__(self, balance, amount):
        super().__init__(f"balance {balance} is less than {amount}")
        self.shortfall = amount - balance
class Account:
    interest = 0.02
    _count = 0
    def __init__(self, owner, balance=0):
        self.owner, self._balance = owner, balance
        Account._count += 1
        self.log = []
    @property
    def balance(self): return self._balance
    @balance.setter
    def balance(self, v):
        if v < 0: raise ValueError("negative balance")
        self._balance = v
    def deposit(self, amount):
        self._balance += amount; self.log.append(('deposit', amount)); return self
    def withdraw(self, amount):
        if amount > self._balance: raise InsufficientFunds(self._balance, amount)
        self._balance -= amount; self.log.append(('withdraw', amount)); return self
    @classmethod
    def from_string(cls, s):
        owner, bal = s.split(':'); return cls(owner, float(bal))
    @staticmethod
    def valid(n): return isinstance(n, (int, float)) and n > 0
    def __repr__(self): return f"{type(self).__name__}({self.owner!r}, {self._balance})"
    def __eq__(self, o): return isinstance(o, Account) and self._balance == o._balance
    def __lt__(self, o): return self._balance < o._balance
    def __add__(self, o): return Account(self.owner + '&' + o.owner, self._balance + o._balance)
class Savings(Account):
    interest = 0.05
    def __init__(self, owner, balance=0, *, bonus=10):
        super().__init__(owner, balance + bonus)
    def accrue(self, years=1):
        for _ in range(years): self._balance *= 1 + self.interest
        return self
a, b = Account('ann', 100), Savings('bob', 90)
print(a, b, a == b, a < b, a + b, Account._count)
a.deposit(50).withdraw(30); print(a.balance, a.log)
try: a.withdraw(1000)
except InsufficientFunds as e: print(type(e).__name__, e, e.shortfall)
try: a.balance = -1
except ValueError as e: print('ValueError:', e)
try: a.foo
except AttributeError as e: print(e)
print(b.accrue(2).balance, round(b.balance, 2), Savings.from_string('eve:5'), Account.valid(3), Savings.valid('x'))
print(isinstance(b, Account), issubclass(Savings, Account), [c.__name__ for c in Savings.__mro__], hasattr(a, 'accrue'))
print(sorted([Account('x', 3), Account('y', 1), Account('z', 2)]), max([a, b]).owner)
for acc in (a, b): print(f"{acc.owner:<5}|{acc.balance:>10.2f}|{acc.interest:6.1%}")
