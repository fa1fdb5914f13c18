//+------------------------------------------------------------------+
//|                                              ContractsReader.mqh |
//|  JSON text in, its values out one by one, as the caller asks.    |
//|  Strict RFC 8259, and stricter: no repeated property names, no   |
//|  unpaired surrogates, no U+0000. Knows no schema.                |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_READER_MQH
#define CONTRACTS_READER_MQH
#property strict

#include <Contracts\ContractsText.mqh>
#include <Contracts\ContractsDecimal.mqh>
#include <Contracts\ContractsQuoted.mqh>
#include <Contracts\ContractsNames.mqh>

//--- what stands next in the text
enum ENUM_CONTRACTS_KIND
  {
   CONTRACTS_KIND_NONE=0,
   CONTRACTS_KIND_NULL=1,
   CONTRACTS_KIND_BOOL=2,
   CONTRACTS_KIND_NUMBER=3,
   CONTRACTS_KIND_STRING=4,
   CONTRACTS_KIND_ARRAY=5,
   CONTRACTS_KIND_OBJECT=6
  };
//+------------------------------------------------------------------+
//| Every reading method returns false and keeps its first error when|
//| the text is not what was asked for                               |
//+------------------------------------------------------------------+
class CContractsReader
  {
private:
   ushort            m_unit[];
   int               m_length;
   int               m_position;
   string            m_error;
   string            m_path;
   CContractsQuoted  m_quoted;
   CContractsNames   m_names;
   int               m_depth;

   ushort            Peek(void) const;
   void              SkipSpace(void);
   bool              FailAt(const int position,const string message);
   bool              Word(const string word);
   bool              Enter(const ushort bracket,const string message);
   bool              Next(const ushort bracket,bool &more);
   bool              Quoted(string &value);
   bool              Integer(CContractsDecimal &value,const int begin);
   bool              SkipObject(void);
   bool              SkipArray(void);
public:
                     CContractsReader(void);
   void              Load(const string json);
   bool              Finish(void);
   bool              Fail(const string message);
   bool              Refuse(const long position,const string message);
   bool              Failed(void) const   { return(m_error!=""); }
   void              AtName(const string name)  { m_path=ContractsPathName(name)+m_path;   }
   void              AtIndex(const int index)   { m_path=ContractsPathIndex(index)+m_path; }
   string            Error(void) const    { return("$"+m_path+": "+m_error); }
   long              Position(void) const { return((long)m_position*1024+m_depth); }
   void              Rewind(const long position);
   ENUM_CONTRACTS_KIND Kind(void);
   bool              IsNull(void)         { return(Kind()==CONTRACTS_KIND_NULL); }
   bool              IsInteger(void);
   bool              Tag(const string name,string &json);
   bool              ObjectBegin(void)    { return(Enter('{',"expected an object")); }
   bool              ObjectNext(string &name,bool &more);
   bool              Required(const string name);
   bool              ArrayBegin(void)     { return(Enter('[',"expected an array")); }
   bool              ArrayNext(bool &more) { return(Next('[',more)); }
   bool              Null(void);
   bool              Bool(bool &value);
   bool              Int(int &value);
   bool              Long(long &value);
   bool              ULong(ulong &value);
   bool              Double(double &value);
   bool              Decimal(CContractsDecimal &value);
   bool              Text(string &value);
   bool              Raw(string &json);
   bool              Skip(void);
  };
//+------------------------------------------------------------------+
CContractsReader::CContractsReader(void)
  {
   Load("");
  }
//+------------------------------------------------------------------+
void CContractsReader::Load(const string json)
  {
   StringToShortArray(json,m_unit);
   m_length=StringLen(json);
   m_position=0;
   m_error="";
   m_path="";
   m_depth=0;
  }
//+------------------------------------------------------------------+
//| Nothing but space is left                                        |
//+------------------------------------------------------------------+
bool CContractsReader::Finish(void)
  {
   SkipSpace();
   if(m_position<m_length)
      return(Fail("text after the JSON value"));
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::FailAt(const int position,const string message)
  {
   if(m_error=="")
      m_error=message+" (offset "+ContractsLongText(position)+")";
   return(false);
  }
//+------------------------------------------------------------------+
bool CContractsReader::Fail(const string message)
  {
   return(FailAt(m_position,message));
  }
//+------------------------------------------------------------------+
//| The value at a Position() is not what it should be               |
//+------------------------------------------------------------------+
bool CContractsReader::Refuse(const long position,const string message)
  {
   Rewind(position);
   SkipSpace();
   return(Fail(message));
  }
//+------------------------------------------------------------------+
//| Back to a Position() taken before a value, errors forgotten      |
//+------------------------------------------------------------------+
void CContractsReader::Rewind(const long position)
  {
   m_position=(int)(position/1024);
   m_depth=(int)(position%1024);
   m_error="";
   m_path="";
  }
//+------------------------------------------------------------------+
ushort CContractsReader::Peek(void) const
  {
   if(m_position<m_length)
      return(m_unit[m_position]);
   return(0);
  }
//+------------------------------------------------------------------+
void CContractsReader::SkipSpace(void)
  {
   ushort unit=Peek();
   while(unit==32 || unit==9 || unit==10 || unit==13)
     {
      m_position++;
      unit=Peek();
     }
  }
//+------------------------------------------------------------------+
bool CContractsReader::Word(const string word)
  {
   int total=StringLen(word);
   SkipSpace();
   if(m_position+total>m_length)
      return(false);
   for(int i=0; i<total; i++)
     {
      if(m_unit[m_position+i]!=StringGetCharacter(word,i))
         return(false);
     }
   m_position+=total;
   return(true);
  }
//+------------------------------------------------------------------+
ENUM_CONTRACTS_KIND CContractsReader::Kind(void)
  {
   SkipSpace();
   ushort unit=Peek();
   if(ContractsIsDigit(unit) || unit=='-')
      return(CONTRACTS_KIND_NUMBER);
   switch(unit)
     {
      case 'n':
         return(CONTRACTS_KIND_NULL);
      case 't':
      case 'f':
         return(CONTRACTS_KIND_BOOL);
      case 34:
         return(CONTRACTS_KIND_STRING);
      case '[':
         return(CONTRACTS_KIND_ARRAY);
      case '{':
         return(CONTRACTS_KIND_OBJECT);
     }
   return(CONTRACTS_KIND_NONE);
  }
//+------------------------------------------------------------------+
//| A number without a fraction stands next, however it is written   |
//+------------------------------------------------------------------+
bool CContractsReader::IsInteger(void)
  {
   CContractsDecimal value;
   if(Kind()!=CONTRACTS_KIND_NUMBER)
      return(false);
   value.Scan(m_unit,m_position,m_length);
   return(value.Fault()=="" && value.IsInteger());
  }
//+------------------------------------------------------------------+
//| Opens an object or an array                                      |
//+------------------------------------------------------------------+
bool CContractsReader::Enter(const ushort bracket,const string message)
  {
   SkipSpace();
   if(m_position>=m_length || m_unit[m_position]!=bracket)
      return(Fail(message));
   if(m_depth>=CONTRACTS_MAX_DEPTH)
      return(Fail("nested too deeply"));
   m_position++;
   m_depth++;
   m_names.Enter(m_depth);
   return(true);
  }
//+------------------------------------------------------------------+
//| Moves to the next element, or past the end; only just after      |
//| Enter() does the opening bracket stand before us                 |
//+------------------------------------------------------------------+
bool CContractsReader::Next(const ushort bracket,bool &more)
  {
   bool   first=(m_position>0 && m_unit[m_position-1]==bracket);
   ushort close=(ushort)(bracket+2);
   more=false;
   SkipSpace();
   if(Peek()==close)
     {
      m_position++;
      m_depth--;
      return(true);
     }
   if(!first)
     {
      if(Peek()!=',')
         return(Fail("expected ',' or '"+ShortToString(close)+"'"));
      m_position++;
      SkipSpace();
     }
   more=true;
   return(true);
  }
//+------------------------------------------------------------------+
//| The name of the next property; more=false past the last one      |
//+------------------------------------------------------------------+
bool CContractsReader::ObjectNext(string &name,bool &more)
  {
   if(!Next('{',more))
      return(false);
   if(!more)
      return(true);
   int begin=m_position;
   more=false;
   if(Peek()!=34)
      return(Fail("expected a property name"));
   if(!Quoted(name))
      return(false);
   if(!m_names.Add(m_depth,name))
      return(FailAt(begin,"repeated property"));
   SkipSpace();
   if(Peek()!=':')
      return(Fail("expected ':'"));
   m_position++;
   SkipSpace();
   more=true;
   return(true);
  }
//+------------------------------------------------------------------+
//| The object that ended last had this property                     |
//+------------------------------------------------------------------+
bool CContractsReader::Required(const string name)
  {
   if(m_names.Has(m_depth+1,name))
      return(true);
   return(Fail("property \""+name+"\" is missing"));
  }
//+------------------------------------------------------------------+
bool CContractsReader::Null(void)
  {
   if(Word("null"))
      return(true);
   return(Fail("expected null"));
  }
//+------------------------------------------------------------------+
bool CContractsReader::Bool(bool &value)
  {
   value=Word("true");
   if(value || Word("false"))
      return(true);
   return(Fail("expected true or false"));
  }
//+------------------------------------------------------------------+
bool CContractsReader::Decimal(CContractsDecimal &value)
  {
   SkipSpace();
   int end=value.Scan(m_unit,m_position,m_length);
   if(value.Fault()!="")
      return(FailAt(end,value.Fault()));
   m_position=end;
   return(true);
  }
//+------------------------------------------------------------------+
//| The nearest double, ties to even                                 |
//+------------------------------------------------------------------+
bool CContractsReader::Double(double &value)
  {
   CContractsDecimal number;
   SkipSpace();
   int begin=m_position;
   value=0.0;
   if(!Decimal(number))
      return(false);
   if(!number.ToDouble(value))
      return(FailAt(begin,"number out of range"));
   return(true);
  }
//+------------------------------------------------------------------+
//| Integers may be written 5, 5.0 or 0.5e1, as JSON Schema has it   |
//+------------------------------------------------------------------+
bool CContractsReader::Integer(CContractsDecimal &value,const int begin)
  {
   if(!Decimal(value))
      return(false);
   if(!value.IsInteger())
      return(FailAt(begin,"expected an integer"));
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::Long(long &value)
  {
   CContractsDecimal number;
   SkipSpace();
   int begin=m_position;
   value=0;
   if(!Integer(number,begin))
      return(false);
   if(!number.ToLong(value))
      return(FailAt(begin,"integer out of range"));
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::ULong(ulong &value)
  {
   CContractsDecimal number;
   SkipSpace();
   int begin=m_position;
   value=0;
   if(!Integer(number,begin))
      return(false);
   if(!number.ToULong(value))
      return(FailAt(begin,"integer out of range"));
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::Int(int &value)
  {
   long wide=0;
   SkipSpace();
   int begin=m_position;
   value=0;
   if(!Long(wide))
      return(false);
   if(wide<INT_MIN || wide>INT_MAX)
      return(FailAt(begin,"integer out of range"));
   value=(int)wide;
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::Text(string &value)
  {
   SkipSpace();
   if(Peek()!=34)
      return(Fail("expected a string"));
   return(Quoted(value));
  }
//+------------------------------------------------------------------+
//| A string; we stand at its opening quote                          |
//+------------------------------------------------------------------+
bool CContractsReader::Quoted(string &value)
  {
   int end=m_quoted.Scan(m_unit,m_position,m_length);
   if(m_quoted.Fault()!="")
      return(FailAt(end,m_quoted.Fault()));
   value=m_quoted.Text();
   m_position=end;
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::SkipObject(void)
  {
   string name="";
   bool   more=true;
   if(!ObjectBegin())
      return(false);
   while(more)
     {
      if(!ObjectNext(name,more))
         return(false);
      if(more && !Skip())
        {
         AtName(name);
         return(false);
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsReader::SkipArray(void)
  {
   int  index=0;
   bool more=true;
   if(!ArrayBegin())
      return(false);
   while(more)
     {
      if(!ArrayNext(more))
         return(false);
      if(more && !Skip())
        {
         AtIndex(index);
         return(false);
        }
      index++;
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| Passes over one value of any kind, checking it                   |
//+------------------------------------------------------------------+
bool CContractsReader::Skip(void)
  {
   CContractsDecimal number;
   string            text="";
   bool              flag=false;
   switch(Kind())
     {
      case CONTRACTS_KIND_NULL:
         return(Null());
      case CONTRACTS_KIND_BOOL:
         return(Bool(flag));
      case CONTRACTS_KIND_NUMBER:
         return(Decimal(number));
      case CONTRACTS_KIND_STRING:
         return(Text(text));
      case CONTRACTS_KIND_ARRAY:
         return(SkipArray());
      case CONTRACTS_KIND_OBJECT:
         return(SkipObject());
      case CONTRACTS_KIND_NONE:
         return(Fail("expected a value"));
     }
   return(false);
  }
//+------------------------------------------------------------------+
//| One value of any kind, spelled as it is in the text              |
//+------------------------------------------------------------------+
bool CContractsReader::Raw(string &json)
  {
   SkipSpace();
   int begin=m_position;
   if(!Skip())
      return(false);
   json=ShortArrayToString(m_unit,begin,m_position-begin);
   return(true);
  }
//+------------------------------------------------------------------+
//| Looks ahead for a property of the object that stands next and    |
//| gives its raw value, "" if there is none; we stay where we are   |
//+------------------------------------------------------------------+
bool CContractsReader::Tag(const string name,string &json)
  {
   long   begin=Position();
   string key="";
   bool   more=true;
   json="";
   if(!ObjectBegin())
      return(false);
   while(more)
     {
      if(!ObjectNext(key,more))
         return(false);
      if(more && key==name && !Raw(json))
         return(false);
      if(more && key!=name && !Skip())
         return(false);
     }
   Rewind(begin);
   return(true);
  }
#endif
//+------------------------------------------------------------------+
