//! Expressions: what names, members and elements are, and whether they may be changed.

use super::function::{Body, Local};
use crate::mql4::builtins;
use crate::mql4::fault::Position;
use crate::mql4::kind::{Integer, Kind, Operand, Place, Shape, fits};
use crate::mql4::symbols::{Field, Meaning};
use crate::mql4::syntax::{Expression, Name, Term};

impl<'a> Body<'_, '_, 'a> {
    /// Types an expression, reporting whatever does not fit on the way.
    pub(super) fn expression(&mut self, expression: &Expression<'a>) -> Operand {
        let at = expression.at;
        match &expression.form {
            Term::Integer(text) => integer_literal(text),
            Term::Real(_) => Operand::value(Kind::Double),
            Term::Text(_) => Operand::value(Kind::Text),
            Term::Character(unit) => Operand::known(Kind::Integer(USHORT), i128::from(*unit)),
            Term::Truth(_) => Operand::value(Kind::Bool),
            Term::Name(text) => self.named(Name { text, at }),
            Term::Field(object, name) => {
                let object = self.expression(object);
                self.field(object, *name)
            }
            Term::Element(array, index) => self.element(array, index),
            Term::Call(call) => self.call(call),
            Term::Unary(operator, inner) => self.unary(at, operator, inner),
            Term::Cast(of, inner) => self.cast(at, *of, inner),
            Term::Chain(first, links) => self.chain(first, links),
            Term::Conditional(parts) => self.conditional(at, parts),
            Term::Group(inner) => {
                let inner = self.expression(inner);
                // Parentheses make a value of it: `(a)=1` is no statement of the subset.
                Operand {
                    place: Place::Value,
                    ..inner
                }
            }
        }
    }

    /// A local, a member of the own class, a global constant, a constant of MQL4: in this order.
    fn named(&mut self, name: Name<'a>) -> Operand {
        match self.find_local(name.text) {
            Some(Local::Here(operand)) => return operand,
            Some(Local::Gone) => {
                let message = format!("`{}` is used after its block", name.text);
                self.fault("unknown-name", name.at, message, "declare it further up");
                return Operand::UNKNOWN;
            }
            None => {}
        }
        let own = self
            .class
            .and_then(|id| self.scope.symbols.class(id).fields.get(name.text));
        if let Some(field) = own {
            let place = if self.changes_self {
                Place::Variable
            } else {
                Place::Constant
            };
            return Operand {
                kind: field.kind,
                shape: field.shape,
                place,
                known: None,
            };
        }
        let meaning = self
            .scope
            .symbols
            .meanings(name.text, self.scope.visible)
            .next();
        match meaning.map(|global| global.meaning) {
            Some(Meaning::Constant(operand)) => operand,
            Some(_) => {
                let message = format!("`{}` is not a value", name.text);
                self.fault("unknown-name", name.at, message, "");
                Operand::UNKNOWN
            }
            None => builtins::constant(name.text).unwrap_or_else(|| {
                self.scope
                    .unknown(name, "unknown-name", "variable or constant");
                Operand::UNKNOWN
            }),
        }
    }

    fn field(&mut self, object: Operand, name: Name<'a>) -> Operand {
        let Some(id) = self.class_of(object, name) else {
            return Operand::UNKNOWN;
        };
        let class = self.scope.symbols.class(id);
        let Some(Field {
            kind,
            shape,
            public,
        }) = class.fields.get(name.text).copied()
        else {
            let message = format!("class `{}` has no field `{}`", class.name, name.text);
            self.fault("unknown-member", name.at, message, "");
            return Operand::UNKNOWN;
        };
        self.check_access(id, public, name);
        // A field of an element moves with the array, as the element does.
        Operand {
            kind,
            shape,
            place: object.place,
            known: None,
        }
    }

    /// The class whose member is asked for.
    pub(super) fn class_of(&mut self, object: Operand, name: Name<'a>) -> Option<usize> {
        if object.is_unknown() {
            return None;
        }
        let Kind::Class(id) = object.kind else {
            let found = self.scope.symbols.describe(&object);
            let message = format!("`{found}` has no members");
            self.fault("unknown-member", name.at, message, "");
            return None;
        };
        if object.shape != Shape::Single {
            let message = format!("`{}` is asked of a whole array", name.text);
            self.fault("unknown-member", name.at, message, "ask it of an element");
            return None;
        }
        let class = self.scope.symbols.class(id);
        if !class.complete {
            let message = format!("class `{}` is not complete here", class.name);
            self.fault("incomplete-class", name.at, message, "define it above");
            return None;
        }
        Some(id)
    }

    pub(super) fn check_access(&mut self, class: usize, public: bool, name: Name<'a>) {
        if !public && self.class != Some(class) {
            let message = format!("`{}` is private", name.text);
            self.fault("private-member", name.at, message, "use a public member");
        }
    }

    fn element(&mut self, array: &Expression<'a>, index: &Expression<'a>) -> Operand {
        let operand = self.expression(array);
        let position = self.expression(index);
        if let Err(misfit) = fits(Kind::INT, &position) {
            self.scope.misfit(index.at, Kind::INT, &position, misfit);
        }
        if operand.is_unknown() {
            return operand;
        }
        let limit = match operand.shape {
            Shape::Single => {
                let found = self.scope.symbols.describe(&operand);
                let message = format!("`{found}` has no elements");
                self.fault("type-mismatch", array.at, message, "index arrays only");
                return Operand::UNKNOWN;
            }
            Shape::Dynamic => i128::MAX,
            Shape::Fixed(size) => size,
        };
        self.check_index(index.at, position.known, limit);
        let place = match operand.place {
            Place::Variable | Place::Element => Place::Element,
            Place::Constant | Place::Value => Place::Constant,
        };
        Operand {
            kind: operand.kind,
            shape: Shape::Single,
            place,
            known: None,
        }
    }

    fn check_index(&mut self, at: Position, index: Option<i128>, limit: i128) {
        if let Some(index) = index
            && !(0..limit).contains(&index)
        {
            let message = format!("there is no element {index}");
            self.fault(
                "index-range",
                at,
                message,
                "an index outside its array ends the program",
            );
        }
    }
}

const USHORT: Integer = Integer {
    bits: 16,
    signed: false,
};
const LONG: Integer = Integer {
    bits: 64,
    signed: true,
};

/// `int` where it fits, `long` otherwise; larger literals are already reported.
fn integer_literal(text: &str) -> Operand {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let value = match digits {
        Some(digits) => i128::from_str_radix(digits, 16),
        None => text.parse(),
    };
    match value {
        Ok(value) if Integer::INT.holds(value) => Operand::known(Kind::INT, value),
        Ok(value) if LONG.holds(value) => Operand::known(Kind::Integer(LONG), value),
        Ok(_) | Err(_) => Operand::UNKNOWN,
    }
}
