//! The functions and constants of MQL4 that emitted text may use: one table.
//!
//! The first block is the trusted base of the runtime and the models; the second is what the
//! conformance script needs beside it. Everything else of MQL4 is refused.

use super::kind::{Integer, Kind, Operand};
use super::symbols::{Parameter, Passing, Signature};

const USHORT: Kind = Kind::Integer(Integer {
    bits: 16,
    signed: false,
});
const UCHAR: Kind = Kind::Integer(Integer {
    bits: 8,
    signed: false,
});
const UINT: Kind = Kind::Integer(Integer {
    bits: 32,
    signed: false,
});
const LONG: Kind = Kind::Integer(Integer {
    bits: 64,
    signed: true,
});
const ULONG: Kind = Kind::Integer(Integer {
    bits: 64,
    signed: false,
});

const fn value(kind: Kind) -> Parameter {
    Parameter {
        kind,
        passing: Passing::Value,
        is_const: true,
    }
}

/// An array with or without a size that is read.
const fn reads(kind: Kind) -> Parameter {
    Parameter {
        kind,
        passing: Passing::AnyArray,
        is_const: true,
    }
}

/// An array without a size that is read.
const fn takes(kind: Kind) -> Parameter {
    Parameter {
        kind,
        passing: Passing::Array,
        is_const: true,
    }
}

/// An array that is changed and may grow.
const fn grows(kind: Kind) -> Parameter {
    Parameter {
        kind,
        passing: Passing::Array,
        is_const: false,
    }
}

struct Row {
    name: &'static str,
    returns: Kind,
    parameters: &'static [Parameter],
    required: usize,
}

const fn row(
    name: &'static str,
    returns: Kind,
    parameters: &'static [Parameter],
    required: usize,
) -> Row {
    Row {
        name,
        returns,
        parameters,
        required,
    }
}

const INT: Parameter = value(Kind::INT);
const TEXT: Parameter = value(Kind::Text);

const FUNCTIONS: &[Row] = &[
    row("ArraySize", Kind::INT, &[reads(Kind::Unknown)], 1),
    row(
        "ArrayResize",
        Kind::INT,
        &[grows(Kind::Unknown), INT, INT],
        2,
    ),
    row("StringLen", Kind::INT, &[TEXT], 1),
    row("StringGetCharacter", USHORT, &[TEXT, INT], 2),
    row("StringSubstr", Kind::Text, &[TEXT, INT, INT], 2),
    row("ShortToString", Kind::Text, &[value(USHORT)], 1),
    row(
        "ShortArrayToString",
        Kind::Text,
        &[reads(USHORT), INT, INT],
        1,
    ),
    row(
        "StringToShortArray",
        Kind::INT,
        &[TEXT, grows(USHORT), INT, INT],
        2,
    ),
    row("MathIsValidNumber", Kind::Bool, &[value(Kind::Double)], 1),
    // the conformance script
    row(
        "CharArrayToString",
        Kind::Text,
        &[takes(UCHAR), INT, INT, value(UINT)],
        4,
    ),
    row(
        "StringToCharArray",
        Kind::INT,
        &[TEXT, grows(UCHAR), INT, INT, value(UINT)],
        5,
    ),
    row("FileOpen", Kind::INT, &[TEXT, INT], 2),
    row("FileClose", Kind::Void, &[INT], 1),
    row("FileSize", ULONG, &[INT], 1),
    row("FileReadArray", UINT, &[INT, grows(UCHAR), INT, INT], 4),
    row("FileWriteArray", UINT, &[INT, takes(UCHAR), INT, INT], 4),
    row("FileIsExist", Kind::Bool, &[TEXT], 1),
    row("FileDelete", Kind::Bool, &[TEXT], 1),
    row("Print", Kind::Void, &[TEXT], 1),
    row("TimeGMT", Kind::Time, &[], 0),
];

const CONSTANTS: &[(&str, Kind, i128)] = &[
    ("INT_MIN", Kind::INT, i32::MIN as i128),
    ("INT_MAX", Kind::INT, i32::MAX as i128),
    ("UINT_MAX", UINT, u32::MAX as i128),
    ("LONG_MIN", LONG, i64::MIN as i128),
    ("LONG_MAX", LONG, i64::MAX as i128),
    ("ULONG_MAX", ULONG, u64::MAX as i128),
    // the conformance script
    ("CP_UTF8", Kind::INT, 65001),
    ("INVALID_HANDLE", Kind::INT, -1),
    ("FILE_READ", Kind::INT, 1),
    ("FILE_WRITE", Kind::INT, 2),
    ("FILE_BIN", Kind::INT, 4),
];

/// The signature of a built-in function.
pub(super) fn function(name: &str) -> Option<Signature> {
    let row = FUNCTIONS.iter().find(|row| row.name == name)?;
    let (returns, required) = (row.returns, row.required);
    Some(Signature {
        returns,
        parameters: row.parameters.to_vec(),
        required,
    })
}

/// The value of a built-in constant.
pub(super) fn constant(name: &str) -> Option<Operand> {
    let (_, kind, value) = CONSTANTS.iter().find(|(known, ..)| *known == name)?;
    Some(Operand::known(*kind, *value))
}
