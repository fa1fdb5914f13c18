//! What the files declare: classes, enums, functions and constants, and which file sees which.
//!
//! A file sees what it declares itself and what it includes, directly or not; so every file stands
//! on its own, and is checked once however many others include it.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Position;
use super::kind::{Kind, Operand, Shape};

/// A file's number in the order the files were finished.
pub(super) type FileId = usize;

/// All declarations of a program.
#[derive(Debug, Default)]
pub(super) struct Symbols<'a> {
    globals: BTreeMap<&'a str, Vec<Global>>,
    pub(super) classes: Vec<Class<'a>>,
    pub(super) enums: Vec<&'a str>,
    pub(super) functions: Vec<Signature>,
    /// Names several files declare; rare, and the only ones that can clash in an including file.
    shared: BTreeSet<&'a str>,
}

/// One meaning of a global name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Global {
    pub(super) file: FileId,
    pub(super) at: Position,
    pub(super) meaning: Meaning,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    Class(usize),
    Enum(usize),
    Function(usize),
    Constant(Operand),
    /// An include guard: taken, and nothing else.
    Guard,
}

/// A class; fields and methods once it is complete.
#[derive(Debug)]
pub(super) struct Class<'a> {
    pub(super) name: &'a str,
    pub(super) complete: bool,
    pub(super) fields: BTreeMap<&'a str, Field>,
    pub(super) methods: BTreeMap<&'a str, Vec<Method>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) kind: Kind,
    pub(super) shape: Shape,
    pub(super) public: bool,
}

/// A method or the constructor, which bears the name of its class.
#[derive(Debug, Clone)]
pub(super) struct Method {
    pub(super) signature: Signature,
    pub(super) is_const: bool,
    pub(super) public: bool,
    pub(super) defined: bool,
    pub(super) at: Position,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) returns: Kind,
    pub(super) parameters: Vec<Parameter>,
    /// Arguments that must be given; fewer than the parameters for some built-ins.
    pub(super) required: usize,
}

impl Signature {
    pub(super) fn takes(&self, count: usize) -> bool {
        (self.required..=self.parameters.len()).contains(&count)
    }
}

/// How one argument is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parameter {
    /// Unknown for a built-in that takes arrays of anything.
    pub(super) kind: Kind,
    pub(super) passing: Passing,
    pub(super) is_const: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passing {
    Value,
    Reference,
    /// An array that can grow, or a constant table.
    Array,
    /// Any array; only built-ins take it.
    AnyArray,
}

impl<'a> Symbols<'a> {
    /// The meanings of a name a file can see.
    pub(super) fn meanings<'s>(
        &'s self,
        name: &str,
        visible: &'s BTreeSet<FileId>,
    ) -> impl Iterator<Item = &'s Global> {
        let all = self.globals.get(name).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|global| visible.contains(&global.file))
    }

    pub(super) fn add(&mut self, name: &'a str, global: Global) {
        let meanings = self.globals.entry(name).or_default();
        if meanings.iter().any(|other| other.file != global.file) {
            self.shared.insert(name);
        }
        meanings.push(global);
    }

    /// Names that mean two things in a file because two of its includes declare them.
    pub(super) fn clashes(&self, visible: &BTreeSet<FileId>) -> Vec<&'a str> {
        let clash = |name: &&&'a str| {
            let files: BTreeSet<FileId> = self
                .meanings(name, visible)
                .map(|global| global.file)
                .collect();
            files.len() > 1
        };
        self.shared.iter().filter(clash).copied().collect()
    }

    /// The class an operand's kind names.
    pub(super) fn class(&self, id: usize) -> &Class<'a> {
        self.classes
            .get(id)
            .expect("class numbers come from this list")
    }

    pub(super) fn class_mut(&mut self, id: usize) -> &mut Class<'a> {
        self.classes
            .get_mut(id)
            .expect("class numbers come from this list")
    }

    pub(super) fn function(&self, id: usize) -> &Signature {
        self.functions
            .get(id)
            .expect("function numbers come from this list")
    }

    /// A kind as the text writes it.
    pub(super) fn word(&self, kind: Kind) -> String {
        match kind {
            Kind::Unknown => "?".to_owned(),
            Kind::Void => "void".to_owned(),
            Kind::Bool => "bool".to_owned(),
            Kind::Double => "double".to_owned(),
            Kind::Text => "string".to_owned(),
            Kind::Time => "datetime".to_owned(),
            Kind::Enum(id) => (*self.enums.get(id).unwrap_or(&"enum")).to_owned(),
            Kind::Class(id) => self.class(id).name.to_owned(),
            Kind::Integer(integer) => {
                let sign = if integer.signed { "" } else { "u" };
                let word = match integer.bits {
                    8 => "char",
                    16 => "short",
                    32 => "int",
                    _ => "long",
                };
                format!("{sign}{word}")
            }
        }
    }

    /// An operand's type as the text writes it.
    pub(super) fn describe(&self, operand: &Operand) -> String {
        let word = self.word(operand.kind);
        match operand.shape {
            Shape::Single => word,
            Shape::Dynamic => format!("{word}[]"),
            Shape::Fixed(size) => format!("{word}[{size}]"),
        }
    }
}
