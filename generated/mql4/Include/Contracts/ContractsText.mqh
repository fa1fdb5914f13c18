//+------------------------------------------------------------------+
//|                                                ContractsText.mqh |
//|  Text as MQL4 holds it: UTF-16 units, never U+0000.              |
//|  Knows units, code points and quoting; knows no JSON values.     |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_TEXT_MQH
#define CONTRACTS_TEXT_MQH
#property strict

//+------------------------------------------------------------------+
bool ContractsIsDigit(const ushort unit)
  {
   return(unit>='0' && unit<='9');
  }
//+------------------------------------------------------------------+
bool ContractsIsLetter(const ushort unit)
  {
   return((unit>='a' && unit<='z') || (unit>='A' && unit<='Z'));
  }
//+------------------------------------------------------------------+
//| Value of a hexadecimal digit, -1 if it is none                   |
//+------------------------------------------------------------------+
int ContractsHexValue(const ushort unit)
  {
   if(unit>='0' && unit<='9')
      return(unit-'0');
   if(unit>='a' && unit<='f')
      return(unit-'a'+10);
   if(unit>='A' && unit<='F')
      return(unit-'A'+10);
   return(-1);
  }
//+------------------------------------------------------------------+
//| Surrogates: a high one and a low one make one code point         |
//+------------------------------------------------------------------+
bool ContractsIsHigh(const ushort unit)
  {
   return(unit>=0xD800 && unit<=0xDBFF);
  }
//+------------------------------------------------------------------+
bool ContractsIsLow(const ushort unit)
  {
   return(unit>=0xDC00 && unit<=0xDFFF);
  }
//+------------------------------------------------------------------+
//| Code point at a position, -1 if a surrogate there is unpaired.   |
//| A result above 0xFFFF takes two units.                           |
//+------------------------------------------------------------------+
int ContractsCodePointAt(const string text,const int position)
  {
   ushort unit=StringGetCharacter(text,position);
   if(ContractsIsLow(unit))
      return(-1);
   if(!ContractsIsHigh(unit))
      return((int)unit);
   ushort low=StringGetCharacter(text,position+1);
   if(!ContractsIsLow(low))
      return(-1);
   return(0x10000+(unit-0xD800)*0x400+(low-0xDC00));
  }
//+------------------------------------------------------------------+
//| Number of code points (the length JSON Schema means), -1 if a    |
//| surrogate is unpaired                                            |
//+------------------------------------------------------------------+
int ContractsCodePoints(const string text)
  {
   int count=0;
   int position=0;
   int total=StringLen(text);
   while(position<total)
     {
      int point=ContractsCodePointAt(text,position);
      if(point<0)
         return(-1);
      position+=(point>0xFFFF ? 2 : 1);
      count++;
     }
   return(count);
  }
//+------------------------------------------------------------------+
//| Decimal text of integers                                         |
//+------------------------------------------------------------------+
string ContractsULongText(const ulong value)
  {
   ushort digits[20];
   int    position=20;
   ulong  rest=value;
   while(rest>=10)
     {
      position--;
      digits[position]=(ushort)('0'+rest%10);
      rest=rest/10;
     }
   position--;
   digits[position]=(ushort)('0'+rest);
   return(ShortArrayToString(digits,position,20-position));
  }
//+------------------------------------------------------------------+
string ContractsLongText(const long value)
  {
   if(value>=0)
      return(ContractsULongText((ulong)value));
//--- LONG_MIN has no positive twin
   ulong magnitude=(ulong)(-(value+1))+1;
   return("-"+ContractsULongText(magnitude));
  }
//+------------------------------------------------------------------+
//| Text that grows by units                                         |
//+------------------------------------------------------------------+
class CContractsBuffer
  {
private:
   ushort            m_unit[];
   int               m_length;
public:
                     CContractsBuffer(void) { m_length=0; }
   void              Clear(void)            { m_length=0; }
   void              Unit(const ushort unit);
   void              Append(const string text);
   bool              Quote(const string text);
   string            Text(void) const;
  };
//+------------------------------------------------------------------+
void CContractsBuffer::Unit(const ushort unit)
  {
   if(m_length>=ArraySize(m_unit))
      ArrayResize(m_unit,m_length*2+64);
   m_unit[m_length]=unit;
   m_length++;
  }
//+------------------------------------------------------------------+
void CContractsBuffer::Append(const string text)
  {
   int total=StringLen(text);
   for(int i=0; i<total; i++)
      Unit(StringGetCharacter(text,i));
  }
//+------------------------------------------------------------------+
//| Appends a JSON string; false if a surrogate is unpaired          |
//+------------------------------------------------------------------+
bool CContractsBuffer::Quote(const string text)
  {
   string hex="0123456789abcdef";
   int    total=StringLen(text);
   if(ContractsCodePoints(text)<0)
      return(false);
   Unit(34);
   for(int i=0; i<total; i++)
     {
      ushort unit=StringGetCharacter(text,i);
      switch(unit)
        {
         case 34:
            Append("\\\"");
            break;
         case 92:
            Append("\\\\");
            break;
         case 8:
            Append("\\b");
            break;
         case 9:
            Append("\\t");
            break;
         case 10:
            Append("\\n");
            break;
         case 12:
            Append("\\f");
            break;
         case 13:
            Append("\\r");
            break;
         default:
            if(unit<32)
              {
               Append("\\u00");
               Unit(StringGetCharacter(hex,unit/16));
               Unit(StringGetCharacter(hex,unit%16));
              }
            else
               Unit(unit);
        }
     }
   Unit(34);
   return(true);
  }
//+------------------------------------------------------------------+
string CContractsBuffer::Text(void) const
  {
   if(m_length==0)
      return("");
   return(ShortArrayToString(m_unit,0,m_length));
  }
//+------------------------------------------------------------------+
//| One step of a path: .name, or ["odd name"]                       |
//+------------------------------------------------------------------+
string ContractsPathName(const string name)
  {
   int              total=StringLen(name);
   bool             plain=(total>0 && !ContractsIsDigit(StringGetCharacter(name,0)));
   CContractsBuffer quoted;
   for(int i=0; i<total; i++)
     {
      ushort unit=StringGetCharacter(name,i);
      if(!ContractsIsLetter(unit) && !ContractsIsDigit(unit) && unit!='_')
         plain=false;
     }
   if(plain)
      return("."+name);
   if(!quoted.Quote(name))
      return("[?]");
   return("["+quoted.Text()+"]");
  }
//+------------------------------------------------------------------+
//| One step of a path: [index]                                      |
//+------------------------------------------------------------------+
string ContractsPathIndex(const int index)
  {
   return("["+ContractsLongText(index)+"]");
  }
#endif
//+------------------------------------------------------------------+
