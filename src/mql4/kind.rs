//! What a value is, and which values turn into which others without a cast.
//!
//! Stricter than MQL4: a conversion is implicit only when no value can change by it.

/// An integer type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Integer {
    pub(super) bits: u32,
    pub(super) signed: bool,
}

impl Integer {
    pub(super) const INT: Self = Self {
        bits: 32,
        signed: true,
    };

    pub(super) fn holds(self, value: i128) -> bool {
        let (least, greatest) = self.range();
        (least..=greatest).contains(&value)
    }

    pub(super) fn contains(self, other: Self) -> bool {
        let (least, greatest) = other.range();
        self.holds(least) && self.holds(greatest)
    }

    /// The type it is computed in: nothing below 32 bits.
    pub(super) fn promoted(self) -> Self {
        if self.bits < 32 { Self::INT } else { self }
    }

    /// The type two operands are computed in, as in C.
    pub(super) fn common(self, other: Self) -> Self {
        let (left, right) = (self.promoted(), other.promoted());
        if (left.bits, !left.signed) >= (right.bits, !right.signed) {
            left
        } else {
            right
        }
    }

    /// What is left of a value cast to this type.
    pub(super) fn truncate(self, value: i128) -> i128 {
        let modulus = 1i128 << self.bits;
        let low = value.rem_euclid(modulus);
        if self.signed && low >= modulus / 2 {
            low - modulus
        } else {
            low
        }
    }

    fn range(self) -> (i128, i128) {
        if self.signed {
            (-(1i128 << (self.bits - 1)), (1i128 << (self.bits - 1)) - 1)
        } else {
            (0, (1i128 << self.bits) - 1)
        }
    }
}

/// The type of a value; classes and enums by their number in the symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A fault is already reported: fits everywhere.
    Unknown,
    Void,
    Bool,
    Integer(Integer),
    Double,
    Text,
    Time,
    Enum(usize),
    Class(usize),
}

impl Kind {
    pub(super) const INT: Self = Self::Integer(Integer::INT);

    /// The scalar type of that name.
    pub(super) fn scalar(name: &str) -> Option<Self> {
        let (bits, signed) = match name {
            "void" => return Some(Self::Void),
            "bool" => return Some(Self::Bool),
            "double" => return Some(Self::Double),
            "string" => return Some(Self::Text),
            "datetime" => return Some(Self::Time),
            "char" => (8, true),
            "uchar" => (8, false),
            "short" => (16, true),
            "ushort" => (16, false),
            "int" => (32, true),
            "uint" => (32, false),
            "long" => (64, true),
            "ulong" => (64, false),
            _ => return None,
        };
        Some(Self::Integer(Integer { bits, signed }))
    }
}

/// Whether an operand is one value or an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Single,
    Dynamic,
    Fixed(i128),
}

/// What may be done with an operand beside reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is nowhere: the result of an operation.
    Value,
    /// It may be looked at in its place, not changed.
    Constant,
    /// It may be changed, and passed by reference.
    Variable,
    /// A changeable element of an array: not passed by reference, for the array may move.
    Element,
}

/// What is known of an expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operand {
    pub(super) kind: Kind,
    pub(super) shape: Shape,
    pub(super) place: Place,
    /// The value, where it is an integer known now.
    pub(super) known: Option<i128>,
}

impl Operand {
    pub(super) const UNKNOWN: Self = Self::value(Kind::Unknown);

    pub(super) const fn value(kind: Kind) -> Self {
        Self {
            kind,
            shape: Shape::Single,
            place: Place::Value,
            known: None,
        }
    }

    pub(super) const fn known(kind: Kind, value: i128) -> Self {
        Self {
            kind,
            shape: Shape::Single,
            place: Place::Value,
            known: Some(value),
        }
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }
}

/// Why a value does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) rule: &'static str,
    pub(super) help: &'static str,
}

const fn misfit(rule: &'static str, help: &'static str) -> Misfit {
    Misfit { rule, help }
}

const OBJECT: Misfit = misfit("object-copied", "call `CopyFrom`");
const ARRAY: Misfit = misfit("array-copied", "copy the elements one by one");
const TEXT: Misfit = misfit(
    "implicit-text",
    "convert between text and numbers by the runtime's functions",
);
const ENUM: Misfit = misfit("enum-conversion", "cast, or use a member of the enum");
const MISMATCH: Misfit = misfit("type-mismatch", "cast, or compare");
const NARROWING: Misfit = misfit("narrowing", "cast where the value is known to fit");
const SIGN: Misfit = misfit(
    "mixed-sign",
    "cast one side where the value is known to fit",
);

/// Whole numbers a double holds exactly.
const EXACT: i128 = 1 << 53;

/// Whether an operand becomes a `target` by itself.
pub(super) fn fits(target: Kind, operand: &Operand) -> Result<(), Misfit> {
    if target == Kind::Unknown || operand.is_unknown() {
        return Ok(());
    }
    if operand.shape != Shape::Single {
        return Err(ARRAY);
    }
    match (target, operand.kind) {
        (Kind::Class(_), _) | (_, Kind::Class(_)) => Err(OBJECT),
        (to, from) if to == from => Ok(()),
        (Kind::Text, _) | (_, Kind::Text) => Err(TEXT),
        (Kind::Enum(_), _) | (_, Kind::Enum(_)) => Err(ENUM),
        (Kind::Integer(to), Kind::Integer(from)) => match operand.known {
            Some(value) if to.holds(value) => Ok(()),
            None if to.contains(from) => Ok(()),
            _ if to.bits == from.bits => Err(SIGN),
            _ => Err(NARROWING),
        },
        (Kind::Double, Kind::Integer(from)) => match operand.known {
            Some(value) if value.abs() <= EXACT => Ok(()),
            None if from.bits <= 32 => Ok(()),
            _ => Err(NARROWING),
        },
        (Kind::Integer(_), Kind::Double) => Err(NARROWING),
        (Kind::Time, Kind::Integer(_)) if operand.known.is_some_and(|value| value >= 0) => Ok(()),
        _ => Err(MISMATCH),
    }
}

/// Whether a cast from one kind to the other is possible.
pub(super) fn casts(target: Kind, from: Kind) -> Result<(), Misfit> {
    match (target, from) {
        (Kind::Unknown, _) | (_, Kind::Unknown) => Ok(()),
        (Kind::Class(_), _) | (_, Kind::Class(_)) => Err(OBJECT),
        (to, from) if to == from => Ok(()),
        (Kind::Text, _) | (_, Kind::Text) => Err(TEXT),
        (
            Kind::Integer(_),
            Kind::Bool | Kind::Integer(_) | Kind::Double | Kind::Time | Kind::Enum(_),
        )
        | (Kind::Double | Kind::Time | Kind::Enum(_), Kind::Integer(_)) => Ok(()),
        _ => Err(MISMATCH),
    }
}

/// Two integers one of which would change by meeting the other.
pub(super) const fn sign_clash() -> Misfit {
    SIGN
}
