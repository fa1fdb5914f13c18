//+------------------------------------------------------------------+
//|                                              ContractsWriter.mqh |
//|  Values in, one by one; compact JSON text out. Strings keep      |
//|  their characters, only what JSON demands is escaped.            |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_WRITER_MQH
#define CONTRACTS_WRITER_MQH
#property strict

#include <Contracts\ContractsText.mqh>
#include <Contracts\ContractsShortest.mqh>
#include <Contracts\ContractsReader.mqh>

//+------------------------------------------------------------------+
//| Writes on after a fault; Failed() is asked once, at the end      |
//+------------------------------------------------------------------+
class CContractsWriter
  {
private:
   CContractsBuffer  m_text;
   bool              m_comma;
   string            m_error;
   //--- where we are: an element's index, or -1 and a property's name
   int               m_depth;
   int               m_index[];
   string            m_name[];

   void              Begin(const ushort bracket,const int index);
   void              End(const ushort bracket);
   void              Separate(void);
   void              Element(void);
public:
                     CContractsWriter(void);
   void              Fail(const string message);
   bool              Failed(void) const { return(m_error!=""); }
   string            Error(void) const  { return(m_error);     }
   string            Json(void) const   { return(m_text.Text()); }
   void              ObjectBegin(void)  { Begin('{',-1);       }
   void              ObjectEnd(void)    { End('}');            }
   void              ArrayBegin(void)   { Begin('[',0);        }
   void              ArrayEnd(void)     { End(']');            }
   void              Key(const string name);
   void              Null(void);
   void              Bool(const bool value);
   void              Long(const long value);
   void              ULong(const ulong value);
   void              Double(const double value);
   void              Text(const string value);
   void              Raw(const string json);
  };
//+------------------------------------------------------------------+
CContractsWriter::CContractsWriter(void)
  {
   m_comma=false;
   m_error="";
   m_depth=0;
  }
//+------------------------------------------------------------------+
//| Keeps the first fault, with the path of the value being written  |
//+------------------------------------------------------------------+
void CContractsWriter::Fail(const string message)
  {
   string path="$";
   if(m_error!="")
      return;
   for(int i=0; i<m_depth; i++)
     {
      if(m_index[i]>=0)
         path+=ContractsPathIndex(m_index[i]-1);
      else
         path+=ContractsPathName(m_name[i]);
     }
   m_error=path+": "+message;
  }
//+------------------------------------------------------------------+
void CContractsWriter::Separate(void)
  {
   if(m_comma)
      m_text.Unit(',');
   m_comma=true;
  }
//+------------------------------------------------------------------+
//| Before every value: the next one of an array                     |
//+------------------------------------------------------------------+
void CContractsWriter::Element(void)
  {
   Separate();
   if(m_depth>0 && m_index[m_depth-1]>=0)
      m_index[m_depth-1]=m_index[m_depth-1]+1;
  }
//+------------------------------------------------------------------+
void CContractsWriter::Begin(const ushort bracket,const int index)
  {
   Element();
   m_text.Unit(bracket);
   m_comma=false;
   if(m_depth>=ArraySize(m_index))
     {
      ArrayResize(m_index,m_depth+16);
      ArrayResize(m_name,m_depth+16);
     }
   m_index[m_depth]=index;
   m_name[m_depth]="";
   m_depth++;
  }
//+------------------------------------------------------------------+
void CContractsWriter::End(const ushort bracket)
  {
   m_text.Unit(bracket);
   m_comma=true;
   m_depth--;
  }
//+------------------------------------------------------------------+
void CContractsWriter::Key(const string name)
  {
   Separate();
   m_name[m_depth-1]=name;
   if(!m_text.Quote(name))
      Fail("property name with an unpaired surrogate");
   m_text.Unit(':');
   m_comma=false;
  }
//+------------------------------------------------------------------+
void CContractsWriter::Null(void)
  {
   Element();
   m_text.Append("null");
  }
//+------------------------------------------------------------------+
void CContractsWriter::Bool(const bool value)
  {
   Element();
   m_text.Append(value ? "true" : "false");
  }
//+------------------------------------------------------------------+
void CContractsWriter::Long(const long value)
  {
   Element();
   m_text.Append(ContractsLongText(value));
  }
//+------------------------------------------------------------------+
void CContractsWriter::ULong(const ulong value)
  {
   Element();
   m_text.Append(ContractsULongText(value));
  }
//+------------------------------------------------------------------+
void CContractsWriter::Double(const double value)
  {
   string text=ContractsDoubleText(value);
   Element();
   if(text=="")
      Fail("number is not finite");
   m_text.Append(text);
  }
//+------------------------------------------------------------------+
void CContractsWriter::Text(const string value)
  {
   Element();
   if(!m_text.Quote(value))
      Fail("string with an unpaired surrogate");
  }
//+------------------------------------------------------------------+
//| One value that is JSON already                                   |
//+------------------------------------------------------------------+
void CContractsWriter::Raw(const string json)
  {
   CContractsReader reader;
   Element();
   reader.Load(json);
   if(!reader.Skip() || !reader.Finish())
      Fail("raw value is not JSON");
   m_text.Append(json);
  }
#endif
//+------------------------------------------------------------------+
