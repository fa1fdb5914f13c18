//! Functions and methods: their signatures, and the locals of their bodies.

use std::collections::BTreeMap;

use super::Scope;
use crate::mql4::fault::Position;
use crate::mql4::flow;
use crate::mql4::kind::{Kind, Operand, Place, Shape};
use crate::mql4::names;
use crate::mql4::symbols::{Meaning, Method, Parameter, Passing, Signature};
use crate::mql4::syntax::{self, Block, Function, Name};

/// Functions a terminal calls, and thus the only event handlers one may define.
const ENTRY: &str = "OnStart";

/// What a function's head says, as kinds.
pub(super) fn signature_kinds<'a>(scope: &mut Scope<'_, 'a>, function: &Function<'a>) -> Signature {
    let returns = function.returns.map_or(Kind::Void, |returns| {
        let kind = scope.kind(returns.name);
        if returns.is_const {
            let help = "remove `const`";
            scope
                .faults
                .add("outside-subset", returns.name.at, "a const result", help);
        }
        if matches!(kind, Kind::Class(_)) {
            let message = format!("`{}` returns an object", function.name.text);
            let help = "fill a parameter passed by `&`";
            scope
                .faults
                .add("object-returned", returns.name.at, message, help);
        }
        kind
    });
    let parameters: Vec<Parameter> = function
        .parameters
        .iter()
        .map(|parameter| passing(scope, parameter))
        .collect();
    Signature {
        returns,
        required: parameters.len(),
        parameters,
    }
}

fn passing<'a>(scope: &mut Scope<'_, 'a>, parameter: &syntax::Parameter<'a>) -> Parameter {
    let kind = scope.kind(parameter.of.name);
    scope.check_not_void(kind, parameter.name);
    if matches!(kind, Kind::Class(_)) && !parameter.reference {
        let message = format!("object `{}` is passed by value", parameter.name.text);
        scope.faults.add(
            "object-by-value",
            parameter.name.at,
            message,
            "pass it by `&`",
        );
    }
    let passing = match (parameter.array, parameter.reference) {
        (true, _) => Passing::Array,
        (false, true) => Passing::Reference,
        (false, false) => Passing::Value,
    };
    // `const` of a value says nothing to the caller.
    let is_const = parameter.of.is_const || passing == Passing::Value;
    Parameter {
        kind,
        passing,
        is_const,
    }
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn function(&mut self, function: &Function<'a>) {
        let Some(body) = &function.body else {
            let message = format!("`{}` is declared without a body", function.name.text);
            let help = "define it here; a function is defined before it is used";
            self.faults
                .add("function-prototype", function.name.at, message, help);
            return;
        };
        let class = if let Some(owner) = function.owner {
            match self.define_method(owner, function) {
                Some(class) => Some(class),
                None => return,
            }
        } else {
            self.free_function(function);
            None
        };
        self.body(function, body, class);
    }

    fn free_function(&mut self, function: &Function<'a>) {
        let signature = signature_kinds(self, function);
        let name = function.name;
        if function.is_const {
            let help = "only methods are";
            self.faults.add("syntax", name.at, "a const function", help);
        }
        let is_overload = self
            .symbols
            .meanings(name.text, self.visible)
            .all(|global| match global.meaning {
                Meaning::Function(id) => {
                    self.symbols.function(id).parameters != signature.parameters
                }
                Meaning::Class(_) | Meaning::Enum(_) | Meaning::Constant(_) | Meaning::Guard => {
                    false
                }
            });
        let id = self.symbols.functions.len();
        self.symbols.functions.push(signature);
        let meaning = Meaning::Function(id);
        if name.text == ENTRY || is_overload && names::taken_global(name.text).is_none() {
            self.add(name, meaning);
        } else {
            self.declare(name, meaning);
        }
    }

    /// Finds what `Class::name(…)` defines; the class it belongs to.
    fn define_method(&mut self, owner: Name<'a>, function: &Function<'a>) -> Option<usize> {
        let Some(id) = self.class_named(owner.text) else {
            self.unknown(owner, "unknown-type", "class");
            return None;
        };
        let signature = signature_kinds(self, function);
        let name = function.name;
        let is_match = |method: &&mut Method| {
            method.signature.parameters == signature.parameters
                && method.signature.returns == signature.returns
                && method.is_const == function.is_const
        };
        let overloads = self.symbols.class_mut(id).methods.get_mut(name.text);
        let Some(method) = overloads.and_then(|overloads| overloads.iter_mut().find(is_match))
        else {
            let message = format!("class `{}` declares no such `{}`", owner.text, name.text);
            let help = "declare it in the class with the same types and `const`";
            self.faults.add("undeclared-method", name.at, message, help);
            return None;
        };
        if method.defined {
            let message = format!("`{}` already has a body", name.text);
            self.faults
                .add("defined-twice", name.at, message, "remove one of them");
        }
        method.defined = true;
        Some(id)
    }

    /// Types a body; its head is checked.
    pub(super) fn body(
        &mut self,
        function: &Function<'a>,
        block: &Block<'a>,
        class: Option<usize>,
    ) {
        let returns = function
            .returns
            .map_or(Kind::Void, |returns| self.kind(returns.name));
        // An object returned is already refused.
        let is_object = matches!(returns, Kind::Class(_));
        let returns = if is_object { Kind::Unknown } else { returns };
        let changes_self = !function.is_const;
        let mut body = Body {
            scope: self,
            class,
            changes_self,
            returns,
            locals: BTreeMap::new(),
            blocks: vec![Vec::new()],
            loops: 0,
            switches: 0,
        };
        for parameter in &function.parameters {
            body.parameter(parameter);
        }
        body.block(block);
        if returns != Kind::Void && returns != Kind::Unknown && flow::runs_on(&block.statements) {
            let message = format!("`{}` can end without returning a value", function.name.text);
            let help = "return a value on every path";
            self.faults.add("missing-return", block.end, message, help);
        }
    }
}

/// One body, or a constant at file scope, while it is typed.
pub(super) struct Body<'c, 's, 'a> {
    pub(super) scope: &'c mut Scope<'s, 'a>,
    /// The class whose method this is.
    pub(super) class: Option<usize>,
    /// Whether the method may change its object.
    pub(super) changes_self: bool,
    pub(super) returns: Kind,
    /// Every local of the function; None once its block has ended.
    locals: BTreeMap<&'a str, (Position, Option<Operand>)>,
    blocks: Vec<Vec<&'a str>>,
    pub(super) loops: usize,
    pub(super) switches: usize,
}

/// What a local's name means at a place.
pub(super) enum Local {
    Here(Operand),
    /// Its block has ended.
    Gone,
}

impl<'c, 's, 'a> Body<'c, 's, 'a> {
    /// No body at all: for the values of constants.
    pub(super) fn constant(scope: &'c mut Scope<'s, 'a>) -> Self {
        Self {
            scope,
            class: None,
            changes_self: false,
            returns: Kind::Void,
            locals: BTreeMap::new(),
            blocks: Vec::new(),
            loops: 0,
            switches: 0,
        }
    }

    fn parameter(&mut self, parameter: &syntax::Parameter<'a>) {
        let kind = match Kind::scalar(parameter.of.name.text) {
            Some(kind) => kind,
            // Reported with the head already.
            None => self.silent_kind(parameter.of.name),
        };
        let shape = if parameter.array {
            Shape::Dynamic
        } else {
            Shape::Single
        };
        let place = if parameter.of.is_const {
            Place::Constant
        } else {
            Place::Variable
        };
        self.local(
            parameter.name,
            Operand {
                kind,
                shape,
                place,
                known: None,
            },
        );
    }

    fn silent_kind(&self, name: Name<'a>) -> Kind {
        let meaning = self
            .scope
            .symbols
            .meanings(name.text, self.scope.visible)
            .next();
        match meaning.map(|global| global.meaning) {
            Some(Meaning::Class(id)) => Kind::Class(id),
            Some(Meaning::Enum(id)) => Kind::Enum(id),
            Some(Meaning::Function(_) | Meaning::Constant(_) | Meaning::Guard) | None => {
                Kind::Unknown
            }
        }
    }

    /// Declares a local or a parameter; its name must be new in every respect.
    pub(super) fn local(&mut self, name: Name<'a>, operand: Operand) {
        self.scope.check_taken(name);
        if let Some((at, _)) = self.locals.get(name.text) {
            let message = format!(
                "`{}` is declared twice in one function, first on line {}",
                name.text, at.line
            );
            let help = "without strict mode a local lives to the end of its function: rename it";
            self.scope
                .faults
                .add("duplicate-local", name.at, message, help);
        }
        let members = self.class.map(|id| self.scope.symbols.class(id));
        if members.is_some_and(|class| {
            class.fields.contains_key(name.text) || class.methods.contains_key(name.text)
        }) {
            let message = format!("`{}` hides a member of the class", name.text);
            self.scope
                .faults
                .add("hides-member", name.at, message, "rename the local");
        } else if self.scope.is_global(name) {
            let message = format!("`{}` hides a global name", name.text);
            self.scope
                .faults
                .add("hides-global", name.at, message, "rename the local");
        }
        self.locals.insert(name.text, (name.at, Some(operand)));
        if let Some(block) = self.blocks.last_mut() {
            block.push(name.text);
        }
    }

    pub(super) fn find_local(&self, name: &str) -> Option<Local> {
        let (_, operand) = self.locals.get(name)?;
        Some(operand.map_or(Local::Gone, Local::Here))
    }

    /// Types what `inner` types as a block: its locals end with it.
    pub(super) fn in_block(&mut self, inner: impl FnOnce(&mut Self)) {
        self.blocks.push(Vec::new());
        inner(self);
        for name in self.blocks.pop().unwrap_or_default() {
            if let Some((_, operand)) = self.locals.get_mut(name) {
                *operand = None;
            }
        }
    }

    pub(super) fn fault(
        &mut self,
        rule: &'static str,
        at: Position,
        message: impl Into<String>,
        help: &str,
    ) {
        self.scope.faults.add(rule, at, message, help);
    }
}
