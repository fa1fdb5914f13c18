//+------------------------------------------------------------------+
//|                                               ContractsModel.mqh |
//|  What generated models share: properties that a schema does not  |
//|  name, arrays of scalars, and the errors of validation.          |
//|                                                                  |
//|  class CContractsExtra             name[] and json[], raw JSON   |
//|    Total Find(name) Get(name) Set(name,json) Remove(name)        |
//|  bool ContractsInvalid(error,path,message)    false              |
//|  bool ContractsBelow(error,path)              false              |
//|  ContractsReadTexts WriteTexts CopyTexts, and so on for Bools,    |
//|  Longs, ULongs, Doubles and Raws                                 |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_MODEL_MQH
#define CONTRACTS_MODEL_MQH
#property strict

#include <Contracts\ContractsJson.mqh>
#include <Contracts\ContractsChecks.mqh>

//+------------------------------------------------------------------+
//| Properties kept as they came, raw JSON text by name              |
//+------------------------------------------------------------------+
class CContractsExtra
  {
public:
   string            name[];
   string            json[];

                     CContractsExtra(void) { }
   int               Total(void) const    { return(ArraySize(name)); }
   int               Find(const string wanted) const;
   string            Get(const string wanted) const;
   void              Set(const string newName,const string newJson);
   bool              Remove(const string wanted);
   void              Reset(void);
   void              CopyFrom(const CContractsExtra &other);
   bool              ReadEntry(CContractsReader &reader,const string newName);
   void              WriteEntries(CContractsWriter &writer) const;
  };
//+------------------------------------------------------------------+
//| Index of a property, -1 if it is not there                       |
//+------------------------------------------------------------------+
int CContractsExtra::Find(const string wanted) const
  {
   for(int i=0; i<ArraySize(name); i++)
     {
      if(name[i]==wanted)
         return(i);
     }
   return(-1);
  }
//+------------------------------------------------------------------+
//| Raw JSON text of a property, "" if it is not there               |
//+------------------------------------------------------------------+
string CContractsExtra::Get(const string wanted) const
  {
   int index=Find(wanted);
   if(index<0)
      return("");
   return(json[index]);
  }
//+------------------------------------------------------------------+
void CContractsExtra::Set(const string newName,const string newJson)
  {
   int index=Find(newName);
   if(index<0)
     {
      index=ArraySize(name);
      ArrayResize(name,index+1,8);
      ArrayResize(json,index+1,8);
     }
   name[index]=newName;
   json[index]=newJson;
  }
//+------------------------------------------------------------------+
bool CContractsExtra::Remove(const string wanted)
  {
   int index=Find(wanted);
   int last=ArraySize(name)-1;
   if(index<0)
      return(false);
   for(int i=index; i<last; i++)
     {
      name[i]=name[i+1];
      json[i]=json[i+1];
     }
   ArrayResize(name,last);
   ArrayResize(json,last);
   return(true);
  }
//+------------------------------------------------------------------+
void CContractsExtra::Reset(void)
  {
   ArrayResize(name,0);
   ArrayResize(json,0);
  }
//+------------------------------------------------------------------+
void CContractsExtra::CopyFrom(const CContractsExtra &other)
  {
   int total=other.Total();
   ArrayResize(name,total);
   ArrayResize(json,total);
   for(int i=0; i<total; i++)
     {
      name[i]=other.name[i];
      json[i]=other.json[i];
     }
  }
//+------------------------------------------------------------------+
//| The reader knows that no name comes twice                        |
//+------------------------------------------------------------------+
bool CContractsExtra::ReadEntry(CContractsReader &reader,const string newName)
  {
   int    index=ArraySize(name);
   string text="";
   if(!reader.Raw(text))
      return(false);
   ArrayResize(name,index+1,8);
   ArrayResize(json,index+1,8);
   name[index]=newName;
   json[index]=text;
   return(true);
  }
//+------------------------------------------------------------------+
void CContractsExtra::WriteEntries(CContractsWriter &writer) const
  {
   for(int i=0; i<ArraySize(name); i++)
     {
      writer.Key(name[i]);
      writer.Raw(json[i]);
     }
  }
//+------------------------------------------------------------------+
//| Says what is wrong, and where below the object that is asked     |
//+------------------------------------------------------------------+
bool ContractsInvalid(string &error,const string path,const string message)
  {
   error="$"+path+": "+message;
   return(false);
  }
//+------------------------------------------------------------------+
//| The same fault, seen from the object that holds the one at fault |
//+------------------------------------------------------------------+
bool ContractsBelow(string &error,const string path)
  {
   error="$"+path+StringSubstr(error,1);
   return(false);
  }
//+------------------------------------------------------------------+
//| One string and no other                                          |
//+------------------------------------------------------------------+
bool ContractsReadConstant(CContractsReader &reader,const string wanted)
  {
   long   position=reader.Position();
   string text="";
   if(!reader.Text(text))
      return(false);
   if(text==wanted)
      return(true);
   return(reader.Refuse(position,"expected \""+wanted+"\""));
  }
//+------------------------------------------------------------------+
//| Looks ahead for a property that tells objects apart              |
//+------------------------------------------------------------------+
bool ContractsReadTag(CContractsReader &reader,const string name,string &tag)
  {
   long             position=reader.Position();
   CContractsReader inner;
   string           json="";
   tag="";
   if(!reader.Tag(name,json))
      return(false);
   if(json=="")
      return(reader.Refuse(position,"property \""+name+"\" is missing"));
   inner.Load(json);
   if(inner.Kind()!=CONTRACTS_KIND_STRING)
     {
      reader.Fail("expected a string");
      reader.AtName(name);
      return(false);
     }
   return(inner.Text(tag));
  }
//+------------------------------------------------------------------+
//| The elements of a JSON array differ from each other              |
//+------------------------------------------------------------------+
bool ContractsItemsDiffer(const string json)
  {
   CContractsReader reader;
   string           items[];
   bool             more=true;
   int              total=0;
   reader.Load(json);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      string item="";
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.Raw(item))
         return(false);
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(ContractsAllDiffer(items));
  }
//+------------------------------------------------------------------+
//| Arrays of bool                                                   |
//+------------------------------------------------------------------+
bool ContractsReadBools(CContractsReader &reader,bool &items[])
  {
   int  total=0;
   bool more=true;
   ArrayResize(items,0);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      bool item=false;
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.Bool(item))
        {
         reader.AtIndex(total);
         return(false);
        }
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
void ContractsWriteBools(CContractsWriter &writer,const bool &items[])
  {
   writer.ArrayBegin();
   for(int i=0; i<ArraySize(items); i++)
      writer.Bool(items[i]);
   writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
void ContractsCopyBools(bool &items[],const bool &others[])
  {
   int total=ArraySize(others);
   ArrayResize(items,total);
   for(int i=0; i<total; i++)
      items[i]=others[i];
  }
//+------------------------------------------------------------------+
//| Arrays of long                                                   |
//+------------------------------------------------------------------+
bool ContractsReadLongs(CContractsReader &reader,long &items[])
  {
   int  total=0;
   bool more=true;
   ArrayResize(items,0);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      long item=0;
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.Long(item))
        {
         reader.AtIndex(total);
         return(false);
        }
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
void ContractsWriteLongs(CContractsWriter &writer,const long &items[])
  {
   writer.ArrayBegin();
   for(int i=0; i<ArraySize(items); i++)
      writer.Long(items[i]);
   writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
void ContractsCopyLongs(long &items[],const long &others[])
  {
   int total=ArraySize(others);
   ArrayResize(items,total);
   for(int i=0; i<total; i++)
      items[i]=others[i];
  }
//+------------------------------------------------------------------+
//| Arrays of ulong                                                  |
//+------------------------------------------------------------------+
bool ContractsReadULongs(CContractsReader &reader,ulong &items[])
  {
   int  total=0;
   bool more=true;
   ArrayResize(items,0);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      ulong item=0;
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.ULong(item))
        {
         reader.AtIndex(total);
         return(false);
        }
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
void ContractsWriteULongs(CContractsWriter &writer,const ulong &items[])
  {
   writer.ArrayBegin();
   for(int i=0; i<ArraySize(items); i++)
      writer.ULong(items[i]);
   writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
void ContractsCopyULongs(ulong &items[],const ulong &others[])
  {
   int total=ArraySize(others);
   ArrayResize(items,total);
   for(int i=0; i<total; i++)
      items[i]=others[i];
  }
//+------------------------------------------------------------------+
//| Arrays of double                                                 |
//+------------------------------------------------------------------+
bool ContractsReadDoubles(CContractsReader &reader,double &items[])
  {
   int  total=0;
   bool more=true;
   ArrayResize(items,0);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      double item=0.0;
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.Double(item))
        {
         reader.AtIndex(total);
         return(false);
        }
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
void ContractsWriteDoubles(CContractsWriter &writer,const double &items[])
  {
   writer.ArrayBegin();
   for(int i=0; i<ArraySize(items); i++)
      writer.Double(items[i]);
   writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
void ContractsCopyDoubles(double &items[],const double &others[])
  {
   int total=ArraySize(others);
   ArrayResize(items,total);
   for(int i=0; i<total; i++)
      items[i]=others[i];
  }
//+------------------------------------------------------------------+
//| Arrays of string                                                 |
//+------------------------------------------------------------------+
bool ContractsReadTexts(CContractsReader &reader,string &items[])
  {
   int  total=0;
   bool more=true;
   ArrayResize(items,0);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      string item="";
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.Text(item))
        {
         reader.AtIndex(total);
         return(false);
        }
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
void ContractsWriteTexts(CContractsWriter &writer,const string &items[])
  {
   writer.ArrayBegin();
   for(int i=0; i<ArraySize(items); i++)
      writer.Text(items[i]);
   writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
void ContractsCopyTexts(string &items[],const string &others[])
  {
   int total=ArraySize(others);
   ArrayResize(items,total);
   for(int i=0; i<total; i++)
      items[i]=others[i];
  }
//+------------------------------------------------------------------+
//| Arrays of string as raw JSON                                     |
//+------------------------------------------------------------------+
bool ContractsReadRaws(CContractsReader &reader,string &items[])
  {
   int  total=0;
   bool more=true;
   ArrayResize(items,0);
   if(!reader.ArrayBegin())
      return(false);
   while(more)
     {
      string item="";
      if(!reader.ArrayNext(more))
         return(false);
      if(more && !reader.Raw(item))
        {
         reader.AtIndex(total);
         return(false);
        }
      if(more)
        {
         ArrayResize(items,total+1,16);
         items[total]=item;
         total++;
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
void ContractsWriteRaws(CContractsWriter &writer,const string &items[])
  {
   writer.ArrayBegin();
   for(int i=0; i<ArraySize(items); i++)
      writer.Raw(items[i]);
   writer.ArrayEnd();
  }
#endif
//+------------------------------------------------------------------+
