//+------------------------------------------------------------------+
//|                                                         Walk.mqh |
//|  Reads JSON of any form and writes it again, by the methods that |
//|  generated models use.                                           |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_TEST_WALK_MQH
#define CONTRACTS_TEST_WALK_MQH
#property strict

#include <Contracts\ContractsJson.mqh>

//+------------------------------------------------------------------+
//| Errors stay in the reader                                        |
//+------------------------------------------------------------------+
class CContractsWalk
  {
private:
   void              TreeObject(CContractsReader &reader,CContractsWriter &writer);
   void              TreeArray(CContractsReader &reader,CContractsWriter &writer);
   bool              List(CContractsReader &reader);
public:
                     CContractsWalk(void) { }
   void              Tree(CContractsReader &reader,CContractsWriter &writer);
   void              Union(CContractsReader &reader,CContractsWriter &writer);
   void              Tag(CContractsReader &reader,CContractsWriter &writer,const string name);
  };
//+------------------------------------------------------------------+
//| Any value, through the methods a generated model would use       |
//+------------------------------------------------------------------+
void CContractsWalk::Tree(CContractsReader &reader,CContractsWriter &writer)
  {
   string text="";
   bool   flag=false;
   double number=0.0;
   long   whole=0;
   switch(reader.Kind())
     {
      case CONTRACTS_KIND_NULL:
         if(reader.Null())
            writer.Null();
         return;
      case CONTRACTS_KIND_BOOL:
         if(reader.Bool(flag))
            writer.Bool(flag);
         return;
      case CONTRACTS_KIND_NUMBER:
         if(reader.IsInteger())
           {
            if(reader.Long(whole))
               writer.Long(whole);
            return;
           }
         if(reader.Double(number))
            writer.Double(number);
         return;
      case CONTRACTS_KIND_STRING:
         if(reader.Text(text))
            writer.Text(text);
         return;
      case CONTRACTS_KIND_ARRAY:
         TreeArray(reader,writer);
         return;
      case CONTRACTS_KIND_OBJECT:
         TreeObject(reader,writer);
         return;
      case CONTRACTS_KIND_NONE:
         reader.Fail("expected a value");
     }
  }
//+------------------------------------------------------------------+
void CContractsWalk::TreeObject(CContractsReader &reader,CContractsWriter &writer)
  {
   string name="";
   bool   more=reader.ObjectBegin();
   writer.ObjectBegin();
   while(more)
     {
      if(!reader.ObjectNext(name,more))
         return;
      if(more)
        {
         writer.Key(name);
         Tree(reader,writer);
         if(reader.Failed())
           {
            reader.AtName(name);
            return;
           }
        }
     }
   writer.ObjectEnd();
  }
//+------------------------------------------------------------------+
void CContractsWalk::TreeArray(CContractsReader &reader,CContractsWriter &writer)
  {
   int  index=0;
   bool more=reader.ArrayBegin();
   writer.ArrayBegin();
   while(more)
     {
      if(!reader.ArrayNext(more))
         return;
      if(more)
        {
         Tree(reader,writer);
         if(reader.Failed())
           {
            reader.AtIndex(index);
            return;
           }
         index++;
        }
     }
   writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
//| [[integers],...]                                                 |
//+------------------------------------------------------------------+
bool CContractsWalk::List(CContractsReader &reader)
  {
   long whole=0;
   int  index=0;
   bool more=true;
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      bool read=true;
      if(!reader.ArrayNext(more))
         return(false);
      if(more && reader.Kind()==CONTRACTS_KIND_ARRAY)
         read=List(reader);
      else
         if(more)
            read=reader.Long(whole);
      if(!read)
        {
         reader.AtIndex(index);
         return(false);
        }
      index++;
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| {name: value,...}: how a union tries one branch after the other  |
//+------------------------------------------------------------------+
void CContractsWalk::Union(CContractsReader &reader,CContractsWriter &writer)
  {
   string name="";
   string text="";
   bool   more=reader.ObjectBegin();
   writer.ObjectBegin();
   while(more)
     {
      if(!reader.ObjectNext(name,more))
         return;
      if(more)
        {
         long position=reader.Position();
         writer.Key(name);
         if(List(reader))
            writer.Text("list");
         else
           {
            reader.Rewind(position);
            if(!reader.Raw(text))
              {
               reader.AtName(name);
               return;
              }
            writer.Raw(text);
           }
        }
     }
   writer.ObjectEnd();
   reader.Finish();
  }
//+------------------------------------------------------------------+
void CContractsWalk::Tag(CContractsReader &reader,CContractsWriter &writer,const string name)
  {
   string found="";
   string whole="";
   if(!reader.Tag(name,found) || !reader.Raw(whole) || !reader.Finish())
      return;
   writer.ArrayBegin();
   writer.Text(found);
   writer.Raw(whole);
   writer.ArrayEnd();
  }
#endif
//+------------------------------------------------------------------+
