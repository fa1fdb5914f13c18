//! The lines that a class of MQL4 has for a member, aspect by aspect. Locals are in camel case, which no member is.

use std::fmt::Write as _;

use super::member::{Form, Member, Presence};
use super::{ascii, count, json_step, put};
use crate::target::filters::{mql4 as quoted, wrap};

/// A type before a name, in its column.
pub(super) fn pad(text: &str) -> String {
    let width = 18.max(text.chars().count() + 1);
    format!("{text:<width$}")
}

impl Member {
    /// The lines of an aspect; `None` for what is none.
    pub(super) fn lines(&self, aspect: &str) -> Option<String> {
        let mut out = String::new();
        match aspect {
            "remark" => self.remark(&mut out),
            "declare" => self.declare(&mut out),
            "declare_methods" => self.declare_methods(&mut out),
            "declare_private" => self.declare_private(&mut out),
            "reset" => self.reset(&mut out),
            "copy" => self.copy(&mut out),
            "read_value" => out = self.read_value(),
            "read" => self.read(&mut out, "   "),
            "read_variant" => self.read(&mut out, "      "),
            "read_property" => self.read_property(&mut out),
            "write_value" => out = self.write_value(),
            "write_property" => self.write_property(&mut out),
            "validate" => self.validate(&mut out),
            "setters" => self.setters(&mut out),
            "lists" => self.lists(&mut out),
            _ => return None,
        }
        Some(out)
    }

    /// Says above a field what its declaration does not.
    fn remark(&self, out: &mut String) {
        let note = match (self.presence, self.required) {
            (Presence::Always, _) => String::new(),
            (Presence::Has | Presence::State, true) => {
                format!("null unless {}", self.named("has"))
            }
            (Presence::Has, false) => "optional".to_owned(),
            (Presence::State, false) => "optional, may be null".to_owned(),
        };
        let json = |text: &str| serde_json::Value::from(text).to_string();
        let what = match &self.held.constant {
            Some(constant) => format!("always {}", json(constant)),
            None if self.held.kind == "null" => "always null".to_owned(),
            None => String::new(),
        };
        let json_name = self.json_name.as_deref().unwrap_or_default();
        let name = match (self.renamed, what.is_empty()) {
            (true, _) => json(json_name),
            (false, true) => String::new(),
            (false, false) => json_name.to_owned(),
        };
        let head: Vec<String> = [name, what, note]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        let parts = [head.join(", "), self.docs.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        for line in wrap(&ascii(&parts.join(": ")), 90) {
            put!(out, "   //--- {line}\n");
        }
    }

    fn declare(&self, out: &mut String) {
        match self.presence {
            Presence::Always => {}
            Presence::Has => {
                put!(out, "   {}{};\n", pad("bool"), self.named("has"));
            }
            Presence::State => {
                put!(
                    out,
                    "   {}{};\n",
                    pad("ENUM_CONTRACTS_PRESENCE"),
                    self.named("state")
                );
            }
        }
        let (of, name) = (pad(&self.held.of), &self.name);
        match self.held.form {
            Form::Nothing => {}
            Form::Scalar | Form::Object => {
                put!(out, "   {of}{name};\n");
            }
            Form::Held | Form::Scalars | Form::Choices | Form::Objects => {
                put!(out, "   {of}{name}[];\n");
            }
        }
    }

    pub(super) fn reset(&self, out: &mut String) {
        self.present(out, "false", "CONTRACTS_ABSENT");
        self.empty(out);
    }

    pub(super) fn present(&self, out: &mut String, has: &str, state: &str) {
        match self.presence {
            Presence::Always => {}
            Presence::Has => {
                put!(out, "   {}={has};\n", self.named("has"));
            }
            Presence::State => {
                put!(out, "   {}={state};\n", self.named("state"));
            }
        }
    }

    pub(super) fn empty(&self, out: &mut String) {
        let name = &self.name;
        match self.held.form {
            Form::Nothing => {}
            Form::Scalar => {
                put!(out, "   {name}={};\n", self.held.zero);
            }
            Form::Object => {
                put!(out, "   {name}.Reset();\n");
            }
            Form::Held | Form::Scalars | Form::Choices | Form::Objects => {
                put!(out, "   ArrayResize({name},0);\n");
            }
        }
    }

    fn copy(&self, out: &mut String) {
        let name = &self.name;
        let other = |flag: &str| format!("otherObject.{}", self.named(flag));
        self.present(out, &other("has"), &other("state"));
        if self.held.form == Form::Held {
            put!(
                out,
                "   ArrayResize({name},ArraySize(otherObject.{name}));\n"
            );
            put!(out, "   if(ArraySize({name})>0)\n");
            put!(out, "      {name}[0].CopyFrom(otherObject.{name}[0]);\n");
        } else {
            self.copy_value(out, &format!("otherObject.{name}"));
        }
    }

    pub(super) fn copy_value(&self, out: &mut String, from: &str) {
        let name = &self.name;
        match self.held.form {
            Form::Nothing => {}
            Form::Scalar => {
                put!(out, "   {name}={from};\n");
            }
            Form::Object => {
                put!(out, "   {name}.CopyFrom({from});\n");
            }
            Form::Held => {
                put!(
                    out,
                    "   ArrayResize({name},1);\n   {name}[0].CopyFrom({from});\n"
                );
            }
            Form::Scalars => {
                let word = match self.item_word() {
                    "Raw" => "Text",
                    word => word,
                };
                put!(out, "   ContractsCopy{word}s({name},{from});\n");
            }
            Form::Choices | Form::Objects => {
                put!(out, "   {}({from});\n", self.named("copy"));
            }
        }
    }

    pub(super) fn item_word(&self) -> &'static str {
        self.held.item.as_ref().map_or("Raw", |item| item.word)
    }

    /// The expression that reads a value into its member.
    fn read_value(&self) -> String {
        let (name, held) = (&self.name, &self.held);
        match (held.form, &held.choice) {
            (Form::Nothing, _) if held.kind == "null" => "jsonReader.Null()".to_owned(),
            (Form::Nothing, _) => {
                let constant = quoted(held.constant.as_deref().unwrap_or_default());
                format!("ContractsReadConstant(jsonReader,{constant})")
            }
            (_, Some((read, _))) => format!("{read}(jsonReader,{name})"),
            (Form::Scalar, None) => format!("jsonReader.{}({name})", held.word),
            (Form::Object, None) => format!("{name}.Read(jsonReader)"),
            (Form::Held, None) => format!("{name}[0].Read(jsonReader)"),
            (Form::Scalars, None) => {
                format!("ContractsRead{}s(jsonReader,{name})", self.item_word())
            }
            (Form::Choices | Form::Objects, None) => format!("{}(jsonReader)", self.named("read")),
        }
    }

    /// Statements that read a member and return whether they could.
    fn read(&self, out: &mut String, indent: &str) {
        if self.held.form == Form::Held {
            put!(out, "{indent}ArrayResize({},1);\n", self.name);
        }
        let value = self.read_value();
        match (self.presence, self.required) {
            (Presence::Always, _) => {
                put!(out, "{indent}return({value});\n");
            }
            (Presence::Has, true) => {
                let has = self.named("has");
                put!(out, "{indent}{has}=!jsonReader.IsNull();\n");
                put!(
                    out,
                    "{indent}return({has} ? {value} : jsonReader.Null());\n"
                );
            }
            (Presence::Has, false) => {
                let has = self.named("has");
                put!(out, "{indent}{has}=true;\n{indent}return({value});\n");
            }
            (Presence::State, _) => {
                let state = self.named("state");
                let null = "CONTRACTS_NULL";
                put!(
                    out,
                    "{indent}{state}=(jsonReader.IsNull() ? {null} : CONTRACTS_VALUE);\n"
                );
                put!(
                    out,
                    "{indent}return({state}=={null} ? jsonReader.Null() : {value});\n"
                );
            }
        }
    }

    fn key(&self) -> String {
        quoted(self.json_name.as_deref().unwrap_or_default())
    }

    fn read_property(&self, out: &mut String) {
        put!(out, "   if(propertyName=={})\n", self.key());
        if self.presence == Presence::Always && self.held.form != Form::Held {
            return self.read(out, "      ");
        }
        out.push_str("     {\n");
        self.read(out, "      ");
        out.push_str("     }\n");
    }

    /// The statement that writes a value.
    pub(super) fn write_value(&self) -> String {
        let (name, held) = (&self.name, &self.held);
        match (held.form, &held.choice) {
            (Form::Nothing, _) if held.kind == "null" => "jsonWriter.Null();".to_owned(),
            (Form::Nothing, _) => {
                let constant = quoted(held.constant.as_deref().unwrap_or_default());
                format!("jsonWriter.Text({constant});")
            }
            (_, Some((_, text))) => format!("jsonWriter.Text({text}({name}));"),
            (Form::Scalar, None) => format!("jsonWriter.{}({name});", held.word),
            (Form::Object, None) => format!("{name}.Write(jsonWriter);"),
            (Form::Held, None) => format!("{name}[0].Write(jsonWriter);"),
            (Form::Scalars, None) => {
                format!("ContractsWrite{}s(jsonWriter,{name});", self.item_word())
            }
            (Form::Choices | Form::Objects, None) => {
                format!("{}(jsonWriter);", self.named("write"))
            }
        }
    }

    fn write_property(&self, out: &mut String) {
        let key = format!("jsonWriter.Key({});\n", self.key());
        let value = self.write_value();
        let null = "jsonWriter.Null();\n";
        match (self.presence, self.required) {
            (Presence::Always, _) => {
                put!(out, "   {key}   {value}\n");
            }
            (Presence::Has, true) => {
                put!(out, "   {key}   if({})\n", self.named("has"));
                put!(out, "      {value}\n   else\n      {null}");
            }
            (Presence::Has, false) => {
                put!(out, "   if({})\n     {{\n      {key}", self.named("has"));
                put!(out, "      {value}\n     }}\n");
            }
            (Presence::State, _) => {
                let state = self.named("state");
                put!(
                    out,
                    "   if({state}!=CONTRACTS_ABSENT)\n     {{\n      {key}"
                );
                put!(
                    out,
                    "      if({state}==CONTRACTS_VALUE)\n         {value}\n"
                );
                put!(out, "      else\n         {null}     }}\n");
            }
        }
    }

    /// Statements that return where something is wrong with a member.
    fn validate(&self, out: &mut String) {
        let (name, held) = (&self.name, &self.held);
        let step = self.json_name.as_deref().map(json_step).unwrap_or_default();
        let step = quoted(&step);
        let guard = match self.presence {
            Presence::Always => self.guard.clone(),
            Presence::Has => format!("{}{} && ", self.guard, self.named("has")),
            Presence::State => {
                format!("{}{}==CONTRACTS_VALUE && ", self.guard, self.named("state"))
            }
        };
        let refuse = |condition: &str, how: &str, what: &str| {
            format!("   if({guard}{condition})\n      return({how}(errorText,{step}{what}));\n")
        };
        let invalid = |condition: &str, message: &str| {
            refuse(
                condition,
                "ContractsInvalid",
                &format!(",{}", quoted(message)),
            )
        };
        match held.form {
            Form::Nothing => {}
            Form::Scalar => {
                self.validate_flag(out, &step);
                for wrong in &held.wrong {
                    let condition = &wrong.condition;
                    let apart = !guard.is_empty() && condition.contains(" && ");
                    let condition = if apart {
                        &format!("({condition})")
                    } else {
                        condition
                    };
                    out.push_str(&invalid(condition, &wrong.message));
                }
            }
            Form::Held => {
                out.push_str(&invalid(
                    &format!("ArraySize({name})!=1"),
                    "expected one element",
                ));
                let below = format!("!{name}[0].Validate(errorText)");
                out.push_str(&refuse(&below, "ContractsBelow", ""));
            }
            Form::Object => {
                let below = format!("!{name}.Validate(errorText)");
                out.push_str(&refuse(&below, "ContractsBelow", ""));
            }
            Form::Scalars | Form::Choices | Form::Objects => {
                let bounds = [
                    (&held.min_items, '<', "least"),
                    (&held.max_items, '>', "most"),
                ];
                for (bound, sign, word) in bounds {
                    let Some(bound) = bound else { continue };
                    let condition = format!("ArraySize({name}){sign}{}", count(bound));
                    out.push_str(&invalid(
                        &condition,
                        &format!("expected at {word} {bound} items"),
                    ));
                }
                if held.checks_items() {
                    let below = format!("!{}(errorText)", self.named("check"));
                    out.push_str(&refuse(&below, "ContractsBelow", ""));
                }
            }
        }
    }

    /// A scalar that is set while its flag says that it is not.
    fn validate_flag(&self, out: &mut String, step: &str) {
        if !matches!(self.held.kind.as_str(), "integer" | "number" | "text") {
            return;
        }
        let (flag, unset) = match self.presence {
            Presence::Always => return,
            Presence::Has => (self.named("has"), format!("!{}", self.named("has"))),
            Presence::State => {
                let state = self.named("state");
                (state.clone(), format!("{state}!=CONTRACTS_VALUE"))
            }
        };
        put!(out, "   if({unset} && {}!={})\n", self.name, self.held.zero);
        let set = self.named("set");
        put!(
            out,
            "      return(ContractsInvalid(errorText,{step},\"is set, but {flag} says otherwise; call {set}\"));\n"
        );
    }
}
