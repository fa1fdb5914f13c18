//! The tree of one file: what was written, with places, before anything is known of its meaning.

use super::fault::Position;

/// A word of the text and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    pub(super) at: Position,
}

/// One `.mqh` or `.mq4`.
#[derive(Debug, Default)]
pub(super) struct File<'a> {
    /// The name of a header's include guard.
    pub(super) guard: Option<Name<'a>>,
    pub(super) includes: Vec<Include<'a>>,
    pub(super) items: Vec<Item<'a>>,
}

/// `#include <Contracts\Name.mqh>`.
#[derive(Debug)]
pub(super) struct Include<'a> {
    /// What stands between the brackets or quotes.
    pub(super) target: &'a str,
    /// Written in quotes: beside the including file.
    pub(super) beside: bool,
    pub(super) at: Position,
}

/// What may stand at file scope.
#[derive(Debug)]
pub(super) enum Item<'a> {
    Define(Define<'a>),
    Enum(Enum<'a>),
    Forward(Name<'a>),
    Class(Class<'a>),
    Function(Function<'a>),
    Constant(Declaration<'a>),
}

/// `#define NAME literal`; the include guard has no value and is kept apart.
#[derive(Debug)]
pub(super) struct Define<'a> {
    pub(super) name: Name<'a>,
    pub(super) value: Expression<'a>,
}

#[derive(Debug)]
pub(super) struct Enum<'a> {
    pub(super) name: Name<'a>,
    pub(super) members: Vec<Member<'a>>,
}

#[derive(Debug)]
pub(super) struct Member<'a> {
    pub(super) name: Name<'a>,
    pub(super) value: Option<Expression<'a>>,
}

#[derive(Debug)]
pub(super) struct Class<'a> {
    pub(super) name: Name<'a>,
    pub(super) parts: Vec<Part<'a>>,
}

/// What may stand in a class.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Access { public: bool, at: Position },
    Field(Declaration<'a>),
    Method(Function<'a>),
}

/// A function, a method or a constructor; declared only when there is no body.
#[derive(Debug)]
pub(super) struct Function<'a> {
    /// None for a constructor.
    pub(super) returns: Option<TypeName<'a>>,
    /// The class in `Class::name`; None inside the class and for free functions.
    pub(super) owner: Option<Name<'a>>,
    pub(super) name: Name<'a>,
    pub(super) parameters: Vec<Parameter<'a>>,
    pub(super) is_const: bool,
    pub(super) body: Option<Block<'a>>,
}

#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub(super) of: TypeName<'a>,
    pub(super) reference: bool,
    pub(super) name: Name<'a>,
    pub(super) array: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct TypeName<'a> {
    pub(super) is_const: bool,
    pub(super) name: Name<'a>,
}

/// `int a=0,b=0;`, `uchar bytes[];`, `const int TABLE[]={1,2};`, a field.
#[derive(Debug)]
pub(super) struct Declaration<'a> {
    pub(super) of: TypeName<'a>,
    pub(super) declarators: Vec<Declarator<'a>>,
}

#[derive(Debug)]
pub(super) struct Declarator<'a> {
    pub(super) name: Name<'a>,
    pub(super) array: Extent<'a>,
    pub(super) value: Initialiser<'a>,
}

/// The brackets after a declared name.
#[derive(Debug)]
pub(super) enum Extent<'a> {
    Single,
    Dynamic,
    Fixed(Expression<'a>),
}

#[derive(Debug)]
pub(super) enum Initialiser<'a> {
    Absent,
    Value(Expression<'a>),
    Table(Vec<Expression<'a>>),
}

#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) statements: Vec<Statement<'a>>,
    /// Where the closing brace stands.
    pub(super) end: Position,
}

#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) at: Position,
    pub(super) form: Form<'a>,
}

/// The statements of the subset.
#[derive(Debug)]
pub(super) enum Form<'a> {
    Block(Block<'a>),
    /// `if … else if … else`, flat however long the chain is.
    If {
        branches: Vec<Branch<'a>>,
        otherwise: Option<Box<Statement<'a>>>,
    },
    While(Box<Branch<'a>>),
    For(Box<For<'a>>),
    Switch {
        subject: Expression<'a>,
        cases: Vec<Case<'a>>,
        end: Position,
    },
    Return(Option<Expression<'a>>),
    Break,
    Continue,
    Declare(Declaration<'a>),
    Assign {
        target: Expression<'a>,
        operator: &'static str,
        value: Expression<'a>,
    },
    Step {
        target: Expression<'a>,
        operator: &'static str,
    },
    Call(Expression<'a>),
}

#[derive(Debug)]
pub(super) struct Branch<'a> {
    pub(super) condition: Expression<'a>,
    pub(super) body: Statement<'a>,
}

#[derive(Debug)]
pub(super) struct For<'a> {
    pub(super) first: Option<Statement<'a>>,
    pub(super) condition: Expression<'a>,
    pub(super) step: Statement<'a>,
    pub(super) body: Statement<'a>,
}

/// Labels that share one body; None is `default`.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) labels: Vec<(Position, Option<Expression<'a>>)>,
    pub(super) body: Vec<Statement<'a>>,
}

#[derive(Debug)]
pub(super) struct Expression<'a> {
    /// Where its first character stands.
    pub(super) at: Position,
    pub(super) form: Term<'a>,
}

/// The expressions of the subset.
#[derive(Debug)]
pub(super) enum Term<'a> {
    Integer(&'a str),
    Real(&'a str),
    /// What stands between the quotes, escapes as written.
    Text(&'a str),
    Character(u16),
    Truth(bool),
    Name(&'a str),
    Field(Box<Expression<'a>>, Name<'a>),
    Element(Box<Expression<'a>>, Box<Expression<'a>>),
    Call(Call<'a>),
    Unary(&'static str, Box<Expression<'a>>),
    Cast(Name<'a>, Box<Expression<'a>>),
    /// Operators of one precedence, left to right; flat however long the chain is.
    Chain(Box<Expression<'a>>, Vec<Link<'a>>),
    Conditional(Box<[Expression<'a>; 3]>),
    Group(Box<Expression<'a>>),
}

#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) receiver: Option<Box<Expression<'a>>>,
    pub(super) name: Name<'a>,
    pub(super) arguments: Vec<Expression<'a>>,
}

/// One operator of a chain and what stands right of it.
#[derive(Debug)]
pub(super) struct Link<'a> {
    pub(super) operator: &'static str,
    pub(super) at: Position,
    pub(super) right: Expression<'a>,
}
