//! Calls: which function is meant, and whether each argument may be passed as it is.

use super::function::Body;
use crate::mql4::builtins;
use crate::mql4::fault::Position;
use crate::mql4::kind::{Kind, Misfit, Operand, Place, Shape, fits};
use crate::mql4::names;
use crate::mql4::symbols::{Meaning, Method, Parameter, Passing, Signature};
use crate::mql4::syntax::{Call, Expression, Name};

impl<'a> Body<'_, '_, 'a> {
    pub(super) fn call(&mut self, call: &Call<'a>) -> Operand {
        let name = call.name;
        let signature = if let Some(receiver) = &call.receiver {
            let object = self.expression(receiver);
            let arguments = self.arguments(&call.arguments);
            let Some(id) = self.class_of(object, name) else {
                return Operand::UNKNOWN;
            };
            let changes = matches!(object.place, Place::Variable | Place::Element);
            self.method(id, changes, name, &arguments)
        } else {
            let arguments = self.arguments(&call.arguments);
            self.bare_call(name, &arguments)
        };
        signature.map_or(Operand::UNKNOWN, |signature| {
            Operand::value(signature.returns)
        })
    }

    fn arguments(&mut self, arguments: &[Expression<'a>]) -> Vec<(Position, Operand)> {
        arguments
            .iter()
            .map(|argument| (argument.at, self.expression(argument)))
            .collect()
    }

    /// A method of the own class, a function, or a built-in: in this order.
    fn bare_call(
        &mut self,
        name: Name<'a>,
        arguments: &[(Position, Operand)],
    ) -> Option<Signature> {
        if let Some(id) = self.class
            && self.scope.symbols.class(id).methods.contains_key(name.text)
        {
            return self.method(id, self.changes_self, name, arguments);
        }
        let symbols = &self.scope.symbols;
        let functions: Vec<Signature> = symbols
            .meanings(name.text, self.scope.visible)
            .filter_map(|global| match global.meaning {
                Meaning::Function(id) => Some(symbols.function(id).clone()),
                Meaning::Class(_) | Meaning::Enum(_) | Meaning::Constant(_) | Meaning::Guard => {
                    None
                }
            })
            .collect();
        if !functions.is_empty() {
            let chosen = self.choose(name, &functions, arguments)?;
            return functions.get(chosen).cloned();
        }
        if let Some(builtin) = builtins::function(name.text) {
            let builtins = [builtin];
            self.choose(name, &builtins, arguments)?;
            let [builtin] = builtins;
            return Some(builtin);
        }
        if name.text == "EnumToString" {
            let help = "switch over the members";
            let message = "`EnumToString` gives names of the program, not of the contract";
            self.fault("enum-to-string", name.at, message, help);
            return None;
        }
        if names::taken(name.text).is_some() {
            let message = format!("`{}` is outside the trusted base", name.text);
            let help = "use the runtime's functions";
            self.fault("unknown-function", name.at, message, help);
        } else {
            self.scope.unknown(name, "unknown-function", "function");
        }
        None
    }

    fn method(
        &mut self,
        id: usize,
        changes: bool,
        name: Name<'a>,
        arguments: &[(Position, Operand)],
    ) -> Option<Signature> {
        let class = self.scope.symbols.class(id);
        let methods: Vec<Method> = match class.methods.get(name.text) {
            Some(methods) if class.name != name.text => methods.clone(),
            Some(_) | None => {
                let message = format!("class `{}` has no method `{}`", class.name, name.text);
                self.fault("unknown-member", name.at, message, "");
                return None;
            }
        };
        let signatures: Vec<Signature> = methods
            .iter()
            .map(|method| method.signature.clone())
            .collect();
        let chosen = self.choose(name, &signatures, arguments)?;
        let method = methods.get(chosen)?;
        self.check_access(id, method.public, name);
        if !method.is_const && !changes {
            let message = format!("`{}` may change a constant object", name.text);
            self.fault("const-call", name.at, message, "declare the method `const`");
        }
        Some(method.signature.clone())
    }

    /// The overload that is meant; all that is wrong with the arguments is reported.
    fn choose(
        &mut self,
        name: Name<'a>,
        signatures: &[Signature],
        arguments: &[(Position, Operand)],
    ) -> Option<usize> {
        let count = arguments.len();
        let by_count: Vec<usize> = (0..signatures.len())
            .filter(|index| signatures.get(*index).is_some_and(|one| one.takes(count)))
            .collect();
        let fitting: Vec<usize> = by_count
            .iter()
            .copied()
            .filter(|index| {
                signatures
                    .get(*index)
                    .is_some_and(|one| takes(one, arguments))
            })
            .collect();
        match (by_count.as_slice(), fitting.as_slice()) {
            ([], _) => {
                let counts: Vec<String> = signatures
                    .iter()
                    .map(|one| match (one.required, one.parameters.len()) {
                        (least, most) if least == most => most.to_string(),
                        (least, most) => format!("{least} to {most}"),
                    })
                    .collect();
                let wanted = counts.join(" or ");
                let message = format!("`{}` is given {count} arguments", name.text);
                self.fault(
                    "argument-count",
                    name.at,
                    message,
                    &format!("it takes {wanted}"),
                );
                None
            }
            ([only], _) => {
                let signature = signatures.get(*only)?;
                for (parameter, (at, operand)) in signature.parameters.iter().zip(arguments) {
                    if let Err(misfit) = passes(parameter, operand) {
                        self.misfit(*at, parameter, operand, misfit);
                    }
                }
                Some(*only)
            }
            (_, [only]) => Some(*only),
            (_, []) => {
                let message = format!("no `{}` takes these arguments", name.text);
                self.fault("argument-type", name.at, message, "cast the arguments");
                None
            }
            (_, several) => {
                let exact: Vec<usize> = several
                    .iter()
                    .copied()
                    .filter(|index| {
                        signatures
                            .get(*index)
                            .is_some_and(|one| same(one, arguments))
                    })
                    .collect();
                if let [only] = exact.as_slice() {
                    return Some(*only);
                }
                let message = format!("several `{}` take these arguments", name.text);
                self.fault("ambiguous-call", name.at, message, "cast the arguments");
                None
            }
        }
    }

    /// Reports an argument that cannot be passed as it is.
    fn misfit(&mut self, at: Position, to: &Parameter, operand: &Operand, misfit: Misfit) {
        if to.passing == Passing::Value {
            self.scope.misfit(at, to.kind, operand, misfit);
            return;
        }
        let what = match operand.place {
            Place::Value => "a result",
            Place::Constant => "a constant",
            Place::Variable => "a variable",
            Place::Element => "an element",
        };
        let found = self.scope.symbols.describe(operand);
        let wanted = self.scope.symbols.word(to.kind);
        let is_const = if to.is_const { "const " } else { "" };
        let brackets = if to.passing == Passing::Reference {
            ""
        } else {
            "[]"
        };
        let message =
            format!("{what} of type `{found}` is passed as `{is_const}{wanted} &{brackets}`");
        self.fault(misfit.rule, at, message, misfit.help);
    }
}

fn takes(signature: &Signature, arguments: &[(Position, Operand)]) -> bool {
    let mut pairs = signature.parameters.iter().zip(arguments);
    pairs.all(|(parameter, (_, operand))| passes(parameter, operand).is_ok())
}

fn same(signature: &Signature, arguments: &[(Position, Operand)]) -> bool {
    let mut pairs = signature.parameters.iter().zip(arguments);
    pairs.all(|(parameter, (_, operand))| parameter.kind == operand.kind)
}

const fn misfit(rule: &'static str, help: &'static str) -> Misfit {
    Misfit { rule, help }
}

/// Whether an argument can be passed that way.
fn passes(parameter: &Parameter, operand: &Operand) -> Result<(), Misfit> {
    if operand.is_unknown() {
        return Ok(());
    }
    if parameter.passing == Passing::Value {
        return fits(parameter.kind, operand);
    }
    let wants_array = parameter.passing != Passing::Reference;
    let is_array = operand.shape != Shape::Single;
    if wants_array != is_array || parameter.kind != Kind::Unknown && parameter.kind != operand.kind
    {
        return Err(misfit(
            "argument-type",
            "a reference needs exactly the same type",
        ));
    }
    if parameter.passing == Passing::Array && operand.shape != Shape::Dynamic {
        let help = "declare the array without a size and call ArrayResize";
        return Err(misfit("fixed-array-argument", help));
    }
    match operand.place {
        Place::Value => Err(misfit("reference-to-value", "put it into a local first")),
        Place::Constant if !parameter.is_const => {
            Err(misfit("const-argument", "copy it into a local first"))
        }
        Place::Element if !parameter.is_const && !is_array => Err(misfit(
            "element-by-reference",
            "read into a local, then assign the element",
        )),
        Place::Constant | Place::Element | Place::Variable => Ok(()),
    }
}
