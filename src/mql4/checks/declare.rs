//! Enums, defines and constant tables; the names a file declares.

use super::Scope;
use super::function::Body;
use crate::mql4::kind::{Integer, Kind, Operand, Place, Shape, fits};
use crate::mql4::symbols::{Class, Meaning};
use crate::mql4::syntax::{
    Declaration, Declarator, Define, Enum, Expression, Extent, Initialiser, Item, Name,
};

/// The global names an item declares.
pub(super) fn declared_names<'a>(item: &Item<'a>) -> Vec<&'a str> {
    match item {
        Item::Define(define) => vec![define.name.text],
        Item::Enum(item) => {
            let members = item.members.iter().map(|member| member.name.text);
            members.chain([item.name.text]).collect()
        }
        Item::Forward(name) => vec![name.text],
        Item::Class(class) => vec![class.name.text],
        Item::Function(function) if function.owner.is_some() => Vec::new(),
        Item::Function(function) => vec![function.name.text],
        Item::Constant(constant) => constant
            .declarators
            .iter()
            .map(|declarator| declarator.name.text)
            .collect(),
    }
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn define(&mut self, define: &Define<'a>) {
        let operand = Body::constant(self).expression(&define.value);
        self.declare(define.name, Meaning::Constant(operand));
    }

    pub(super) fn enumeration(&mut self, item: &Enum<'a>) {
        let id = self.symbols.enums.len();
        self.symbols.enums.push(item.name.text);
        self.declare(item.name, Meaning::Enum(id));
        let mut next = 0;
        for member in &item.members {
            if let Some(value) = &member.value {
                next = self.int_constant(value).unwrap_or(next);
            }
            if !Integer::INT.holds(next) {
                let message = format!("`{}` does not fit an int", member.name.text);
                let help = "give it its value";
                self.faults
                    .add("constant-overflow", member.name.at, message, help);
            }
            let operand = Operand::known(Kind::Enum(id), next);
            self.declare(member.name, Meaning::Constant(operand));
            next += 1;
        }
    }

    /// The value of a constant that must be an `int`.
    fn int_constant(&mut self, value: &Expression<'a>) -> Option<i128> {
        let operand = Body::constant(self).expression(value);
        if let Err(misfit) = fits(Kind::INT, &operand) {
            self.misfit(value.at, Kind::INT, &operand, misfit);
            return None;
        }
        if operand.known.is_none() && !operand.is_unknown() {
            let help = "write a literal or a define";
            self.faults.add(
                "not-constant",
                value.at,
                "not a constant of type `int`",
                help,
            );
        }
        operand.known
    }

    /// The shape the brackets give; the element count of a fixed array must be known.
    pub(super) fn shape(&mut self, extent: &Extent<'a>) -> Shape {
        let Extent::Fixed(size) = extent else {
            return if matches!(extent, Extent::Dynamic) {
                Shape::Dynamic
            } else {
                Shape::Single
            };
        };
        let Some(count) = self.int_constant(size) else {
            return Shape::Dynamic;
        };
        if count < 1 {
            self.faults.add(
                "array-size",
                size.at,
                format!("an array of {count} elements"),
                "",
            );
            return Shape::Dynamic;
        }
        Shape::Fixed(count)
    }

    /// `const int NAME=1;` and `const int NAME[]={1,2};`.
    pub(super) fn constants(&mut self, declaration: &Declaration<'a>) {
        let kind = self.kind(declaration.of.name);
        for declarator in &declaration.declarators {
            let name = declarator.name;
            if !declaration.of.is_const || matches!(kind, Kind::Class(_) | Kind::Void) {
                let message = format!("`{}` is a global variable", name.text);
                let help = "only constants of scalar type stand at file scope: pass it instead";
                self.faults.add("global-variable", name.at, message, help);
            }
            let operand = self.constant(kind, declarator);
            self.declare(name, Meaning::Constant(operand));
        }
    }

    fn constant(&mut self, kind: Kind, declarator: &Declarator<'a>) -> Operand {
        let declared = self.shape(&declarator.array);
        let name = declarator.name;
        let mut operand = Operand {
            kind,
            shape: declared,
            place: Place::Constant,
            known: None,
        };
        match (&declarator.value, declared) {
            (Initialiser::Value(value), Shape::Single) => {
                operand.known = self.element(kind, value);
            }
            (Initialiser::Table(elements), Shape::Dynamic | Shape::Fixed(_)) => {
                for element in elements {
                    self.element(kind, element);
                }
                let count = i128::try_from(elements.len()).unwrap_or(i128::MAX);
                if let Shape::Fixed(size) = declared
                    && size != count
                {
                    let message = format!("`{}` has {count} of {size} elements", name.text);
                    self.faults
                        .add("array-size", name.at, message, "leave the brackets empty");
                }
                // A table is passed like any other array and cannot be resized: it is constant.
                operand.shape = Shape::Dynamic;
            }
            (Initialiser::Table(_), Shape::Single) => {
                let message = format!("`{}` is initialised by braces", name.text);
                self.faults
                    .add("brace-initialiser", name.at, message, "add `[]`");
            }
            (Initialiser::Absent | Initialiser::Value(_), _) => {
                let message = format!("constant `{}` has no value", name.text);
                self.faults
                    .add("uninitialised", name.at, message, "give it its value here");
            }
        }
        operand
    }

    fn element(&mut self, kind: Kind, value: &Expression<'a>) -> Option<i128> {
        let operand = Body::constant(self).expression(value);
        if let Err(misfit) = fits(kind, &operand) {
            self.misfit(value.at, kind, &operand, misfit);
        }
        operand
            .known
            .filter(|_| matches!(kind, Kind::Integer(Integer { .. }) | Kind::Enum(_)))
    }

    /// `class Name;`: arrays of it and references to it may follow.
    pub(super) fn forward(&mut self, name: Name<'a>) {
        if self.class_named(name.text).is_none() {
            self.new_class(name);
        }
    }

    /// The number of a class that is being defined or promised.
    pub(super) fn new_class(&mut self, name: Name<'a>) -> usize {
        let id = self.symbols.classes.len();
        self.symbols.classes.push(Class {
            name: name.text,
            complete: false,
            fields: std::collections::BTreeMap::new(),
            methods: std::collections::BTreeMap::new(),
        });
        self.declare(name, Meaning::Class(id));
        id
    }
}
