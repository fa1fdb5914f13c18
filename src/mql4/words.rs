//! The words of the language: types, keywords, and those the subset leaves out, each with its rule.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Whether the word is a scalar type of the subset.
pub(super) fn is_scalar(word: &str) -> bool {
    matches!(
        word,
        "bool"
            | "char"
            | "uchar"
            | "short"
            | "ushort"
            | "int"
            | "uint"
            | "long"
            | "ulong"
            | "double"
            | "string"
            | "datetime"
    )
}

/// Whether the word has another meaning of its own.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "void"
            | "class"
            | "enum"
            | "public"
            | "private"
            | "const"
            | "if"
            | "else"
            | "while"
            | "for"
            | "return"
            | "switch"
            | "case"
            | "default"
            | "break"
            | "continue"
            | "true"
            | "false"
    )
}

/// A word of MQL4 or C++ that no emitted text may use.
pub(super) struct Banned {
    pub(super) word: &'static str,
    pub(super) rule: &'static str,
    pub(super) help: &'static str,
}

const fn banned(word: &'static str, rule: &'static str, help: &'static str) -> Banned {
    Banned { word, rule, help }
}

const BANNED: &[Banned] = &[
    banned(
        "new",
        "pointer",
        "declare the object; grow an array of objects with ArrayResize",
    ),
    banned("delete", "pointer", "objects end with their block"),
    banned("this", "this-pointer", "name the member"),
    banned(
        "NULL",
        "null-literal",
        "compare with the empty string, or keep a presence flag",
    ),
    banned("template", "template", "write one declaration a type"),
    banned("typename", "template", "write one declaration a type"),
    banned("virtual", "virtual-method", "switch on a tag"),
    banned("override", "virtual-method", "switch on a tag"),
    banned("abstract", "virtual-method", "switch on a tag"),
    banned(
        "static",
        "static-member",
        "use a constant or a free function at file scope",
    ),
    banned("struct", "struct", "write a class"),
    banned("union", "struct", "write a class"),
    banned("goto", "goto", "use a loop or return"),
    banned("do", "do-while", "use while"),
    banned("sizeof", "outside-subset", "use ArraySize"),
    banned("operator", "outside-subset", "write a method"),
    banned("protected", "outside-subset", "use public or private"),
    banned("friend", "outside-subset", "make the member public"),
    banned("extern", "outside-subset", "pass a parameter"),
    banned("input", "outside-subset", "pass a parameter"),
    banned("sinput", "outside-subset", "pass a parameter"),
    banned("float", "outside-subset", "use double"),
    banned("color", "outside-subset", "use uint"),
    banned("dynamic_cast", "outside-subset", "cast as (type)value"),
    banned("static_cast", "outside-subset", "cast as (type)value"),
    banned("const_cast", "outside-subset", "cast as (type)value"),
    banned("reinterpret_cast", "outside-subset", "cast as (type)value"),
    banned("namespace", "outside-subset", "prefix the name"),
    banned("using", "outside-subset", "write the name out"),
    banned("typedef", "outside-subset", "write the type out"),
    banned("auto", "outside-subset", "write the type out"),
    banned("interface", "outside-subset", "write a class"),
    banned("final", "outside-subset", "leave it out"),
    banned("explicit", "outside-subset", "leave it out"),
    banned("inline", "outside-subset", "leave it out"),
    banned("import", "outside-subset", "no library is called"),
    banned("export", "outside-subset", "no library is made"),
    banned(
        "try",
        "outside-subset",
        "MQL4 has no exceptions: return false",
    ),
    banned(
        "catch",
        "outside-subset",
        "MQL4 has no exceptions: return false",
    ),
    banned(
        "throw",
        "outside-subset",
        "MQL4 has no exceptions: return false",
    ),
];

/// Whether the word can name a thing as far as the grammar goes.
pub(super) fn is_plain(word: &str) -> bool {
    !is_scalar(word) && !is_keyword(word) && find_banned(word).is_none()
}

/// Why the word is left out of the subset, if it is.
pub(super) fn find_banned(word: &str) -> Option<&'static Banned> {
    static BY_WORD: LazyLock<BTreeMap<&str, &Banned>> =
        LazyLock::new(|| BANNED.iter().map(|banned| (banned.word, banned)).collect());
    BY_WORD.get(word).copied()
}
