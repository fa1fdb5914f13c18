//+------------------------------------------------------------------+
//|                                             ContractsResidue.mqh |
//|  Assertions of JSON Schema on the value that stands next. Each   |
//|  returns true behind the value, or false with the reader's error. |
//|  One about strings holds for all that is no string, and so on.   |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_RESIDUE_MQH
#define CONTRACTS_RESIDUE_MQH
#property strict

#include <Contracts\ContractsModel.mqh>

//--- kinds of value, to be added up
#define CONTRACTS_IS_NULL    1
#define CONTRACTS_IS_BOOLEAN 2
#define CONTRACTS_IS_INTEGER 4
#define CONTRACTS_IS_NUMBER  12
#define CONTRACTS_IS_STRING  16
#define CONTRACTS_IS_ARRAY   32
#define CONTRACTS_IS_OBJECT  64

//+------------------------------------------------------------------+
//| What stands next as one of the numbers above, 0 if nothing does  |
//+------------------------------------------------------------------+
int ContractsKindNumber(CContractsReader &reader)
  {
   switch(reader.Kind())
     {
      case CONTRACTS_KIND_NULL:
         return(CONTRACTS_IS_NULL);
      case CONTRACTS_KIND_BOOL:
         return(CONTRACTS_IS_BOOLEAN);
      case CONTRACTS_KIND_NUMBER:
         return(reader.IsInteger() ? CONTRACTS_IS_INTEGER : 8);
      case CONTRACTS_KIND_STRING:
         return(CONTRACTS_IS_STRING);
      case CONTRACTS_KIND_ARRAY:
         return(CONTRACTS_IS_ARRAY);
      case CONTRACTS_KIND_OBJECT:
         return(CONTRACTS_IS_OBJECT);
      case CONTRACTS_KIND_NONE:
         return(0);
     }
   return(0);
  }
//+------------------------------------------------------------------+
//| type                                                             |
//+------------------------------------------------------------------+
bool ContractsIsKind(CContractsReader &reader,const int kinds)
  {
   if((ContractsKindNumber(reader)&kinds)==0)
      return(reader.Fail("a value of another type is expected"));
   return(reader.Skip());
  }
//+------------------------------------------------------------------+
//| enum and const; the values as a JSON array                       |
//+------------------------------------------------------------------+
bool ContractsIsValue(CContractsReader &reader,const string values)
  {
   long             position=reader.Position();
   CContractsReader list;
   string           found="";
   bool             more=true;
   if(!reader.Raw(found))
      return(false);
   list.Load(values);
   if(!list.ArrayBegin())
      return(false);
   while(more)
     {
      string value="";
      if(!list.ArrayNext(more))
         return(false);
      if(more && list.Raw(value) && ContractsSameJson(found,value))
         return(true);
     }
   return(reader.Refuse(position,"expected one of "+values));
  }
//+------------------------------------------------------------------+
//| A number as text; "" if what stood there is none                 |
//+------------------------------------------------------------------+
bool ContractsNumberText(CContractsReader &reader,string &text)
  {
   bool isNumber=(reader.Kind()==CONTRACTS_KIND_NUMBER);
   if(!reader.Raw(text))
      return(false);
   if(!isNumber)
      text="";
   return(true);
  }
//+------------------------------------------------------------------+
//| minimum, exclusiveMinimum                                        |
//+------------------------------------------------------------------+
bool ContractsIsLeast(CContractsReader &reader,const string bound,const bool exclusive)
  {
   long   position=reader.Position();
   string text="";
   if(!ContractsNumberText(reader,text))
      return(false);
   if(text=="" || ContractsCompareNumbers(text,bound)>=(exclusive ? 1 : 0))
      return(true);
   return(reader.Refuse(position,(exclusive ? "expected more than " : "expected at least ")+bound));
  }
//+------------------------------------------------------------------+
//| maximum, exclusiveMaximum                                        |
//+------------------------------------------------------------------+
bool ContractsIsMost(CContractsReader &reader,const string bound,const bool exclusive)
  {
   long   position=reader.Position();
   string text="";
   if(!ContractsNumberText(reader,text))
      return(false);
   if(text=="" || ContractsCompareNumbers(text,bound)<=(exclusive ? -1 : 0))
      return(true);
   return(reader.Refuse(position,(exclusive ? "expected less than " : "expected at most ")+bound));
  }
//+------------------------------------------------------------------+
//| multipleOf                                                       |
//+------------------------------------------------------------------+
bool ContractsIsMultiple(CContractsReader &reader,const string divisor)
  {
   long   position=reader.Position();
   string text="";
   if(!ContractsNumberText(reader,text))
      return(false);
   if(text=="" || ContractsMultipleOf(text,divisor))
      return(true);
   return(reader.Refuse(position,"expected a multiple of "+divisor));
  }
//+------------------------------------------------------------------+
//| A count between two bounds; most is -1 where there is no bound   |
//+------------------------------------------------------------------+
bool ContractsIsCount(CContractsReader &reader,const long position,const int count,const int least,const int most)
  {
   if(count<least)
      return(reader.Refuse(position,"expected a length of at least "+ContractsLongText(least)));
   if(most>=0 && count>most)
      return(reader.Refuse(position,"expected a length of at most "+ContractsLongText(most)));
   return(true);
  }
//+------------------------------------------------------------------+
//| minLength, maxLength                                             |
//+------------------------------------------------------------------+
bool ContractsHasLength(CContractsReader &reader,const int least,const int most)
  {
   long   position=reader.Position();
   string text="";
   if(reader.Kind()!=CONTRACTS_KIND_STRING)
      return(reader.Skip());
   return(reader.Text(text) && ContractsIsCount(reader,position,ContractsCodePoints(text),least,most));
  }
//+------------------------------------------------------------------+
//| format                                                           |
//+------------------------------------------------------------------+
bool ContractsHasFormat(CContractsReader &reader,const string format)
  {
   long   position=reader.Position();
   string text="";
   if(reader.Kind()!=CONTRACTS_KIND_STRING)
      return(reader.Skip());
   if(!reader.Text(text))
      return(false);
   if(ContractsIsFormat(text,format))
      return(true);
   return(reader.Refuse(position,"not of the format "+format));
  }
//+------------------------------------------------------------------+
//| minItems, maxItems                                               |
//+------------------------------------------------------------------+
bool ContractsHasItems(CContractsReader &reader,const int least,const int most)
  {
   long position=reader.Position();
   int  count=0;
   bool more=true;
   if(reader.Kind()!=CONTRACTS_KIND_ARRAY)
      return(reader.Skip());
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      if(!reader.ArrayNext(more) || (more && !reader.Skip()))
         return(false);
      if(more)
         count++;
     }
   if(count<least || (most>=0 && count>most))
      return(ContractsIsCount(reader,position,count,least,most));
   return(true);
  }
//+------------------------------------------------------------------+
//| uniqueItems                                                      |
//+------------------------------------------------------------------+
bool ContractsHasUniqueItems(CContractsReader &reader)
  {
   long   position=reader.Position();
   bool   isArray=(reader.Kind()==CONTRACTS_KIND_ARRAY);
   string json="";
   if(!reader.Raw(json))
      return(false);
   if(!isArray || ContractsItemsDiffer(json))
      return(true);
   return(reader.Refuse(position,"two elements are equal"));
  }
//+------------------------------------------------------------------+
//| minProperties, maxProperties                                     |
//+------------------------------------------------------------------+
bool ContractsHasProperties(CContractsReader &reader,const int least,const int most)
  {
   long   position=reader.Position();
   int    count=0;
   bool   more=true;
   string name="";
   if(reader.Kind()!=CONTRACTS_KIND_OBJECT)
      return(reader.Skip());
   if(!reader.ObjectBegin())
      return(false);
   while(more)
     {
      if(!reader.ObjectNext(name,more) || (more && !reader.Skip()))
         return(false);
      if(more)
         count++;
     }
   if(count<least || (most>=0 && count>most))
      return(ContractsIsCount(reader,position,count,least,most));
   return(true);
  }
//+------------------------------------------------------------------+
//| A property's name as a JSON value, for propertyNames             |
//+------------------------------------------------------------------+
void ContractsLoadName(CContractsReader &reader,const string name)
  {
   CContractsBuffer buffer;
   if(buffer.Quote(name))
      reader.Load(buffer.Text());
   else
      reader.Load("");
  }
#endif
//+------------------------------------------------------------------+
