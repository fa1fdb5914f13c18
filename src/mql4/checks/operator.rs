//! Operators and casts: the kind of the result, and its value where it is known.

use super::function::Body;
use crate::mql4::fault::Position;
use crate::mql4::kind::{Integer, Kind, Operand, Place, Shape, casts, fits, sign_clash};
use crate::mql4::syntax::{Expression, Link, Name};

impl<'a> Body<'_, '_, 'a> {
    pub(super) fn unary(
        &mut self,
        at: Position,
        operator: &'static str,
        inner: &Expression<'a>,
    ) -> Operand {
        let operand = self.expression(inner);
        if operand.shape != Shape::Single {
            return self.no_operator(at, operator, &operand);
        }
        match (operator, operand.kind) {
            (_, Kind::Unknown) => Operand::UNKNOWN,
            ("!", Kind::Bool) => Operand::value(Kind::Bool),
            ("-", Kind::Double) => Operand::value(Kind::Double),
            ("-", Kind::Integer(integer)) if !integer.promoted().signed => {
                self.fault(
                    "mixed-sign",
                    at,
                    "an unsigned value is negated",
                    sign_clash().help,
                );
                Operand::UNKNOWN
            }
            ("-", Kind::Integer(integer)) => {
                self.folded(at, integer.promoted(), operand.known.map(|value| -value))
            }
            ("~", Kind::Integer(integer)) => {
                let of = integer.promoted();
                self.folded(at, of, operand.known.map(|value| of.truncate(!value)))
            }
            _ => self.no_operator(at, operator, &operand),
        }
    }

    pub(super) fn cast(&mut self, at: Position, of: Name<'a>, inner: &Expression<'a>) -> Operand {
        let kind = self.scope.kind(of);
        let operand = self.expression(inner);
        if operand.shape != Shape::Single {
            self.fault("array-copied", at, "an array is cast", "cast its elements");
            return Operand::UNKNOWN;
        }
        if let Err(misfit) = casts(kind, operand.kind) {
            let (from, to) = (self.scope.symbols.describe(&operand), of.text);
            self.fault(
                misfit.rule,
                at,
                format!("`{from}` is not cast to `{to}`"),
                misfit.help,
            );
            return Operand::value(kind);
        }
        match (kind, operand.known) {
            (Kind::Integer(integer), Some(value)) => Operand::known(kind, integer.truncate(value)),
            (Kind::Enum(_), Some(value)) => Operand::known(kind, value),
            _ => Operand::value(kind),
        }
    }

    pub(super) fn chain(&mut self, first: &Expression<'a>, links: &[Link<'a>]) -> Operand {
        let mut result = self.expression(first);
        for link in links {
            let right = self.expression(&link.right);
            result = self.binary(link.operator, link.at, result, right);
        }
        result
    }

    pub(super) fn conditional(&mut self, at: Position, parts: &[Expression<'a>; 3]) -> Operand {
        let [condition, one, other] = parts;
        self.condition(condition);
        let (left, right) = (self.expression(one), self.expression(other));
        if left.is_unknown() || right.is_unknown() {
            return Operand::UNKNOWN;
        }
        let (plain, right_plain) = (as_value(left), as_value(right));
        if let (Kind::Integer(a), Kind::Integer(b)) = (left.kind, right.kind)
            && left.shape == right.shape
        {
            return self.integers("?:", at, (a, plain), (b, right_plain));
        }
        match (fits(left.kind, &right), fits(right.kind, &left)) {
            (Ok(()), _) => Operand::value(left.kind),
            (Err(_), Ok(())) => Operand::value(right.kind),
            (Err(misfit), Err(_)) => {
                self.scope.misfit(other.at, left.kind, &right, misfit);
                Operand::UNKNOWN
            }
        }
    }

    /// The result of an operator that does not assign.
    pub(super) fn binary(
        &mut self,
        operator: &'static str,
        at: Position,
        left: Operand,
        right: Operand,
    ) -> Operand {
        if left.is_unknown() || right.is_unknown() {
            return Operand::UNKNOWN;
        }
        if left.shape != Shape::Single || matches!(left.kind, Kind::Class(_) | Kind::Void) {
            return self.no_operator(at, operator, &left);
        }
        if right.shape != Shape::Single || matches!(right.kind, Kind::Class(_) | Kind::Void) {
            return self.no_operator(at, operator, &right);
        }
        let compares = matches!(operator, "==" | "!=" | "<" | ">" | "<=" | ">=");
        let equality = matches!(operator, "==" | "!=");
        match (left.kind, right.kind) {
            (Kind::Bool, Kind::Bool) if equality || matches!(operator, "&&" | "||") => {
                Operand::value(Kind::Bool)
            }
            (Kind::Text, Kind::Text) if equality => Operand::value(Kind::Bool),
            (Kind::Text, Kind::Text) if operator == "+" => Operand::value(Kind::Text),
            (Kind::Time, Kind::Time) if compares => Operand::value(Kind::Bool),
            (Kind::Enum(one), Kind::Enum(other)) if equality && one == other => {
                Operand::value(Kind::Bool)
            }
            (Kind::Integer(a), Kind::Integer(b)) if !matches!(operator, "&&" | "||") => {
                self.integers(operator, at, (a, left), (b, right))
            }
            (Kind::Double, Kind::Double | Kind::Integer(_)) | (Kind::Integer(_), Kind::Double)
                if compares || matches!(operator, "+" | "-" | "*" | "/") =>
            {
                for side in [left, right] {
                    if let Err(misfit) = fits(Kind::Double, &side) {
                        self.scope.misfit(at, Kind::Double, &side, misfit);
                    }
                }
                Operand::value(if compares { Kind::Bool } else { Kind::Double })
            }
            _ => self.clash(operator, at, &left, &right),
        }
    }

    fn integers(
        &mut self,
        operator: &'static str,
        at: Position,
        left: (Integer, Operand),
        right: (Integer, Operand),
    ) -> Operand {
        if matches!(operator, "<<" | ">>") {
            return self.shift(operator, at, left, right.1);
        }
        let common = left.0.common(right.0);
        for (integer, operand) in [left, right] {
            let holds = match operand.known {
                Some(value) => common.holds(value),
                None => common.contains(integer),
            };
            if !holds {
                let word = self.scope.symbols.word(Kind::Integer(common));
                let found = self.scope.symbols.describe(&operand);
                let message = format!("`{found}` meets the other operand as `{word}`");
                self.fault(sign_clash().rule, at, message, sign_clash().help);
                return Operand::UNKNOWN;
            }
        }
        if matches!(operator, "==" | "!=" | "<" | ">" | "<=" | ">=") {
            return Operand::value(Kind::Bool);
        }
        let (Some(one), Some(other)) = (left.1.known, right.1.known) else {
            if matches!(operator, "/" | "%") && right.1.known == Some(0) {
                self.fault("division-by-zero", at, "a division by zero", "");
            }
            return Operand::value(Kind::Integer(common));
        };
        let value = match operator {
            "+" => one.checked_add(other),
            "-" => one.checked_sub(other),
            "*" => one.checked_mul(other),
            "/" => one.checked_div(other),
            "%" => one.checked_rem(other),
            "&" => Some(one & other),
            "|" => Some(one | other),
            "^" => Some(one ^ other),
            _ => return Operand::value(Kind::Integer(common)),
        };
        if value.is_none() && other == 0 {
            self.fault("division-by-zero", at, "a division by zero", "");
            return Operand::UNKNOWN;
        }
        self.folded(at, common, Some(value.unwrap_or(i128::MAX)))
    }

    fn shift(
        &mut self,
        operator: &'static str,
        at: Position,
        (integer, left): (Integer, Operand),
        count: Operand,
    ) -> Operand {
        let of = integer.promoted();
        if let Some(count) = count.known
            && !(0..i128::from(of.bits)).contains(&count)
        {
            let word = self.scope.symbols.word(Kind::Integer(of));
            let help = "cast what is shifted to a wider type";
            self.fault(
                "shift-range",
                at,
                format!("`{word}` is shifted by {count}"),
                help,
            );
            return Operand::UNKNOWN;
        }
        let value = left.known.zip(count.known).map(|(value, count)| {
            if operator == "<<" {
                value << count
            } else {
                value >> count
            }
        });
        self.folded(at, of, value)
    }

    /// An integer result; where it is known it must fit.
    fn folded(&mut self, at: Position, of: Integer, value: Option<i128>) -> Operand {
        let kind = Kind::Integer(of);
        let Some(value) = value else {
            return Operand::value(kind);
        };
        if of.holds(value) {
            return Operand::known(kind, value);
        }
        let message = format!(
            "the result does not fit `{}`",
            self.scope.symbols.word(kind)
        );
        self.fault(
            "constant-overflow",
            at,
            message,
            "cast the operands to a wider type",
        );
        Operand::UNKNOWN
    }

    fn no_operator(&mut self, at: Position, operator: &str, operand: &Operand) -> Operand {
        let found = self.scope.symbols.describe(operand);
        self.fault(
            "type-mismatch",
            at,
            format!("`{operator}` on `{found}`"),
            "",
        );
        Operand::UNKNOWN
    }

    fn clash(&mut self, operator: &str, at: Position, left: &Operand, right: &Operand) -> Operand {
        let rule = match (left.kind, right.kind) {
            (Kind::Text, Kind::Text) => "type-mismatch",
            (Kind::Text, _) | (_, Kind::Text) => "implicit-text",
            (Kind::Enum(_), _) | (_, Kind::Enum(_)) => "enum-conversion",
            _ => "type-mismatch",
        };
        let help = match rule {
            "implicit-text" => "convert by the runtime's functions",
            "enum-conversion" => "compare with a member of the same enum",
            _ => "cast one side",
        };
        let (from, to) = (
            self.scope.symbols.describe(left),
            self.scope.symbols.describe(right),
        );
        self.fault(
            rule,
            at,
            format!("`{operator}` between `{from}` and `{to}`"),
            help,
        );
        Operand::UNKNOWN
    }
}

fn as_value(operand: Operand) -> Operand {
    Operand {
        place: Place::Value,
        ..operand
    }
}
