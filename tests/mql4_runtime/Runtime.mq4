//+------------------------------------------------------------------+
//|                                                      Runtime.mq4 |
//|  Puts the runtime to the test, on Linux and in a terminal alike. |
//|  Reads  MQL4\Files\contracts\in.jsonl: a command a line          |
//|  Writes MQL4\Files\contracts\out.jsonl: {"answer":text} or       |
//|         {"error":text} a line                                    |
//+------------------------------------------------------------------+
#property strict
#include <Contracts\ContractsChecks.mqh>
#include <ContractsTest\Walk.mqh>

//+------------------------------------------------------------------+
//| One line: what to do, with what, and what came of it             |
//+------------------------------------------------------------------+
class CContractsCommand
  {
private:
   string            m_op;
   string            m_text;
   string            m_other;
   string            m_table;
   long              m_first;
   long              m_second;
   int               m_units[];
   string            m_items[];
   CContractsReader  m_reader;
   CContractsWriter  m_writer;
   CContractsWalk    m_walk;

   bool              Parse(const string line);
   bool              Member(CContractsReader &line,const string name);
   void              Value(void);
   void              Units(void);
   void              Moment(void);
   void              Utf8(void);
   bool              Question(bool &known);
   void              Run(void);
public:
                     CContractsCommand(void);
   string            Answer(const string line);
  };
//+------------------------------------------------------------------+
CContractsCommand::CContractsCommand(void)
  {
   m_op="";
   m_text="";
   m_other="";
   m_table="";
   m_first=0;
   m_second=0;
  }
//+------------------------------------------------------------------+
bool CContractsCommand::Member(CContractsReader &line,const string name)
  {
   int  count=0;
   bool more=true;
   if(name=="op")
      return(line.Text(m_op));
   if(name=="text")
      return(line.Text(m_text));
   if(name=="other")
      return(line.Text(m_other));
   if(name=="table")
      return(line.Text(m_table));
   if(name=="first")
      return(line.Long(m_first));
   if(name=="second")
      return(line.Long(m_second));
   if(name!="units" && name!="items")
      return(line.Skip());
   if(!line.ArrayBegin())
      return(false);
   while(more)
     {
      int    unit=0;
      string item="";
      if(!line.ArrayNext(more))
         return(false);
      if(more && name=="units")
        {
         if(!line.Int(unit))
            return(false);
         ArrayResize(m_units,count+1);
         m_units[count]=unit;
        }
      if(more && name=="items")
        {
         if(!line.Raw(item))
            return(false);
         ArrayResize(m_items,count+1);
         m_items[count]=item;
        }
      count++;
     }
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsCommand::Parse(const string line)
  {
   string name="";
   bool   more=true;
   m_reader.Load(line);
   if(!m_reader.ObjectBegin())
      return(false);
   while(more)
     {
      if(!m_reader.ObjectNext(name,more))
         return(false);
      if(more && !Member(m_reader,name))
        {
         m_reader.AtName(name);
         return(false);
        }
     }
   return(m_reader.Finish());
  }
//+------------------------------------------------------------------+
//| One value of the kind the command names                          |
//+------------------------------------------------------------------+
void CContractsCommand::Value(void)
  {
   string text="";
   int    small=0;
   long   whole=0;
   ulong  natural=0;
   double number=0.0;
   bool   flag=false;
   if(m_op=="double" && m_reader.Double(number))
      m_writer.Double(number);
   if(m_op=="int" && m_reader.Int(small))
      m_writer.Long(small);
   if(m_op=="long" && m_reader.Long(whole))
      m_writer.Long(whole);
   if(m_op=="ulong" && m_reader.ULong(natural))
      m_writer.ULong(natural);
   if(m_op=="bool" && m_reader.Bool(flag))
      m_writer.Bool(flag);
   if(m_op=="null" && m_reader.Null())
      m_writer.Null();
   if(m_op=="string" && m_reader.Text(text))
      m_writer.Text(text);
   if(m_op=="raw" && m_reader.Raw(text))
      m_writer.Raw(text);
   if(m_op=="integer")
     {
      m_writer.Bool(m_reader.IsInteger());
      m_reader.Skip();
     }
   if(m_op=="kind")
     {
      m_writer.Long((int)m_reader.Kind());
      m_reader.Skip();
     }
   if(m_op=="reader-faults")
     {
      m_reader.Fail(m_text);
      m_reader.Fail(m_other);
     }
   if(m_op=="tree")
      m_walk.Tree(m_reader,m_writer);
   if(!m_reader.Failed())
      m_reader.Finish();
  }
//+------------------------------------------------------------------+
//| A string of any units, as a property's name and as its value     |
//+------------------------------------------------------------------+
void CContractsCommand::Units(void)
  {
   string text="";
   for(int i=0; i<ArraySize(m_units); i++)
      text+=ShortToString((ushort)m_units[i]);
   m_writer.ObjectBegin();
   m_writer.Key("units");
   m_writer.ArrayBegin();
   m_writer.Long(ContractsCodePoints(text));
   m_writer.Text(text);
   m_writer.ArrayEnd();
   m_writer.Key(text);
   m_writer.Null();
   m_writer.ObjectEnd();
  }
//+------------------------------------------------------------------+
//| Seconds and nanoseconds, and the text they make                  |
//+------------------------------------------------------------------+
void CContractsCommand::Moment(void)
  {
   datetime utc=0;
   int      nanoseconds=0;
   if(m_text=="")
      m_writer.Text(ContractsTimeText((datetime)m_first,(int)m_second));
   else
     {
      m_writer.ArrayBegin();
      m_writer.Bool(ContractsTimeParse(m_text,utc,nanoseconds));
      m_writer.Long((long)utc);
      m_writer.Long(nanoseconds);
      m_writer.Text(ContractsTimeText(utc,nanoseconds));
      m_writer.ArrayEnd();
     }
  }
//+------------------------------------------------------------------+
//| Bytes to text and back                                           |
//+------------------------------------------------------------------+
void CContractsCommand::Utf8(void)
  {
   uchar  bytes[];
   string text="";
   int    total=ArraySize(m_units);
   ArrayResize(bytes,total);
   for(int i=0; i<total; i++)
      bytes[i]=(uchar)m_units[i];
   if(!ContractsFromUtf8(bytes,0,total,text))
     {
      m_writer.Fail("not UTF-8");
      return;
     }
   m_writer.ArrayBegin();
   m_writer.Text(text);
   m_writer.Bool(ContractsToUtf8(text,bytes));
   for(int j=0; j<ArraySize(bytes); j++)
      m_writer.Long(bytes[j]);
   m_writer.ArrayEnd();
  }
//+------------------------------------------------------------------+
//| Commands that are answered by yes or no                          |
//+------------------------------------------------------------------+
bool CContractsCommand::Question(bool &known)
  {
   known=true;
   if(m_op=="multiple")
      return(ContractsMultipleOf(m_text,m_other));
   if(m_op=="multiple-double")
      return(ContractsMultipleOfDouble(ContractsScale(m_first,(int)m_second),m_other));
   if(m_op=="multiple-long")
      return(ContractsMultipleOfLong(m_first,m_other));
   if(m_op=="multiple-ulong")
      return(ContractsMultipleOfULong((ulong)m_first,m_other));
   if(m_op=="same")
      return(ContractsSameJson(m_text,m_other));
   if(m_op=="differ")
      return(ContractsAllDiffer(m_items));
   if(m_op=="match")
      return(ContractsMatch(m_text,(int)m_first,m_other,m_table));
   if(m_op=="date")
      return(ContractsIsDate(m_text));
   if(m_op=="time-of-day")
      return(ContractsIsTime(m_text));
   if(m_op=="date-time")
      return(ContractsIsDateTime(m_text));
   if(m_op=="uuid")
      return(ContractsIsUuid(m_text));
   if(m_op=="hostname")
      return(ContractsIsHostname(m_text));
   if(m_op=="email")
      return(ContractsIsEmail(m_text));
   if(m_op=="ipv4")
      return(ContractsIsIpv4(m_text));
   if(m_op=="ipv6")
      return(ContractsIsIpv6(m_text));
   if(m_op=="uri")
      return(ContractsIsUri(m_text));
   if(m_op=="uri-reference")
      return(ContractsIsUriReference(m_text));
   known=false;
   return(false);
  }
//+------------------------------------------------------------------+
void CContractsCommand::Run(void)
  {
   bool known=false;
   bool yes=Question(known);
   if(known)
     {
      m_writer.Bool(yes);
      return;
     }
   if(m_op=="compare")
     {
      m_writer.Long(ContractsCompareNumbers(m_text,m_other));
      return;
     }
   if(m_op=="scale")
     {
      m_writer.Double(ContractsScale(m_first,(int)m_second));
      return;
     }
   if(m_op=="write-raw")
     {
      m_writer.Raw(m_text);
      return;
     }
   if(m_op=="units")
     {
      Units();
      return;
     }
   if(m_op=="utf8")
     {
      Utf8();
      return;
     }
   if(m_op=="time")
     {
      Moment();
      return;
     }
   if(m_op=="faults")
     {
      m_writer.Fail(m_text);
      m_writer.Fail(m_other);
      return;
     }
   m_reader.Load(m_text);
   if(m_op=="union")
     {
      m_walk.Union(m_reader,m_writer);
      return;
     }
   if(m_op=="tag")
     {
      m_walk.Tag(m_reader,m_writer,m_other);
      return;
     }
   Value();
  }
//+------------------------------------------------------------------+
string CContractsCommand::Answer(const string line)
  {
   CContractsWriter out;
   if(Parse(line))
      Run();
   out.ObjectBegin();
   if(m_reader.Failed() || m_writer.Failed())
     {
      out.Key("error");
      out.Text(m_reader.Failed() ? m_reader.Error() : m_writer.Error());
     }
   else
     {
      out.Key("answer");
      out.Text(m_writer.Json());
     }
   out.ObjectEnd();
   return(out.Json());
  }
//+------------------------------------------------------------------+
void OnStart(void)
  {
   int input_handle=FileOpen("contracts\\in.jsonl",FILE_READ|FILE_BIN);
   if(input_handle==INVALID_HANDLE)
      return;
   int   size=(int)FileSize(input_handle);
   uchar bytes[];
   ArrayResize(bytes,size);
   FileReadArray(input_handle,bytes,0,size);
   FileClose(input_handle);
   int output_handle=FileOpen("contracts\\out.jsonl",FILE_WRITE|FILE_BIN);
   if(output_handle==INVALID_HANDLE)
      return;
   int from=0;
   for(int i=0; i<size; i++)
     {
      if(bytes[i]==10)
        {
         CContractsCommand command;
         string            line="";
         uchar             encoded[];
         string            answer="{\"error\":\"the line is not UTF-8\"}";
         if(ContractsFromUtf8(bytes,from,i,line))
            answer=command.Answer(line);
         ContractsToUtf8(answer+"\n",encoded);
         FileWriteArray(output_handle,encoded,0,ArraySize(encoded));
         from=i+1;
        }
     }
   FileClose(output_handle);
  }
//+------------------------------------------------------------------+
