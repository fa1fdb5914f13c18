//! Classes: what their members are, and that each can be made without arguments.

use super::Scope;
use super::function::signature_kinds;
use crate::mql4::kind::{Kind, Shape};
use crate::mql4::symbols::{Field, Method};
use crate::mql4::syntax::{Class, Declaration, Function, Name, Part};

impl<'a> Scope<'_, 'a> {
    /// Members first, then the bodies inside the class: they may use all of them.
    pub(super) fn class(&mut self, class: &Class<'a>) {
        let known = self.class_named(class.name.text);
        let id = match known {
            Some(id) if !self.symbols.class(id).complete => id,
            Some(_) | None => self.new_class(class.name),
        };
        let mut public = false;
        for part in &class.parts {
            match part {
                Part::Access { public: now, .. } => public = *now,
                Part::Field(declaration) => self.field(id, public, declaration),
                Part::Method(function) => self.method(id, public, class.name, function),
            }
        }
        self.symbols.class_mut(id).complete = true;
        self.check_constructor(id, class.name);
        for part in &class.parts {
            if let Part::Method(function) = part
                && let Some(body) = &function.body
            {
                self.body(function, body, Some(id));
            }
        }
    }

    fn field(&mut self, class: usize, public: bool, declaration: &Declaration<'a>) {
        let kind = self.kind(declaration.of.name);
        if declaration.of.is_const {
            let help = "use a constant at file scope";
            self.faults.add(
                "outside-subset",
                declaration.of.name.at,
                "a const field",
                help,
            );
        }
        for declarator in &declaration.declarators {
            let name = declarator.name;
            let shape = self.shape(&declarator.array);
            if shape != Shape::Dynamic {
                self.check_complete(kind, name);
            }
            self.check_not_void(kind, name);
            self.check_member(class, name);
            let field = Field {
                kind,
                shape,
                public,
            };
            self.symbols
                .class_mut(class)
                .fields
                .insert(name.text, field);
        }
    }

    fn method(&mut self, id: usize, public: bool, class: Name<'a>, function: &Function<'a>) {
        let name = function.name;
        let signature = signature_kinds(self, function);
        let at = name.at;
        let is_constructor = function.returns.is_none();
        if is_constructor && (!signature.parameters.is_empty() || !public) {
            let message = format!(
                "`{}` is not a public constructor without parameters",
                name.text
            );
            let help = "give the values in a method";
            self.faults.add("constructor-arguments", at, message, help);
        }
        if !is_constructor && name.text == class.text {
            let message = format!("constructor `{}` returns something", name.text);
            self.faults.add("syntax", at, message, "remove the type");
        }
        if !is_constructor {
            self.check_new(name);
        }
        let members = self.symbols.class(id);
        let overloads = members
            .methods
            .get(name.text)
            .map_or(&[][..], Vec::as_slice);
        let same = |method: &Method| method.signature.parameters == signature.parameters;
        if members.fields.contains_key(name.text) || overloads.iter().any(same) {
            let message = format!("`{}` is already a member", name.text);
            self.faults
                .add("defined-twice", at, message, "rename one of them");
        }
        let defined = function.body.is_some();
        let method = Method {
            signature,
            is_const: function.is_const,
            public,
            defined,
            at,
        };
        self.symbols
            .class_mut(id)
            .methods
            .entry(name.text)
            .or_default()
            .push(method);
    }

    fn check_member(&mut self, class: usize, name: Name<'a>) {
        self.check_new(name);
        let members = self.symbols.class(class);
        if members.fields.contains_key(name.text) || members.methods.contains_key(name.text) {
            let message = format!("`{}` is already a member", name.text);
            self.faults
                .add("defined-twice", name.at, message, "rename one of them");
        }
    }

    /// A member may not be taken for a global: a define would even replace it.
    fn check_new(&mut self, name: Name<'a>) {
        self.check_taken(name);
        if self.is_global(name) {
            let message = format!("member `{}` hides a global name", name.text);
            self.faults
                .add("hides-global", name.at, message, "rename the member");
        }
    }

    fn check_constructor(&mut self, id: usize, class: Name<'a>) {
        if !self.symbols.class(id).methods.contains_key(class.text) {
            let message = format!("class `{}` has no explicit constructor", class.text);
            let help = "declare a public constructor without parameters that sets every field";
            self.faults
                .add("no-default-constructor", class.at, message, help);
        }
    }

    /// Objects of a class need the whole class.
    pub(super) fn check_complete(&mut self, kind: Kind, name: Name<'a>) {
        if let Kind::Class(id) = kind
            && !self.symbols.class(id).complete
        {
            let message = format!(
                "class `{}` is not complete here",
                self.symbols.class(id).name
            );
            let help = "define it above, or hold it in an array that can grow";
            self.faults.add("incomplete-class", name.at, message, help);
        }
    }

    pub(super) fn check_not_void(&mut self, kind: Kind, name: Name<'a>) {
        if kind == Kind::Void {
            let message = format!("`{}` is of type `void`", name.text);
            self.faults.add(
                "unknown-type",
                name.at,
                message,
                "give it a type with values",
            );
        }
    }
}
