//+------------------------------------------------------------------+
//|                                                ContractsUtf8.mqh |
//|  Text to UTF-8 bytes and back, for files and WebRequest: without |
//|  a byte order mark, without a final zero, and nothing replaced.  |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_UTF8_MQH
#define CONTRACTS_UTF8_MQH
#property strict

#include <Contracts\ContractsText.mqh>

//+------------------------------------------------------------------+
//| False if the text has an unpaired surrogate                      |
//+------------------------------------------------------------------+
bool ContractsToUtf8(const string text,uchar &bytes[])
  {
   int count=0;
   int position=0;
   int total=StringLen(text);
   ArrayResize(bytes,total*3);
   while(position<total)
     {
      int point=ContractsCodePointAt(text,position);
      int rest=0;
      if(point<0)
        {
         ArrayResize(bytes,0);
         return(false);
        }
      position+=(point>0xFFFF ? 2 : 1);
      if(point<0x80)
         bytes[count]=(uchar)point;
      else
         if(point<0x800)
           {
            bytes[count]=(uchar)(0xC0+(point>>6));
            rest=1;
           }
         else
            if(point<0x10000)
              {
               bytes[count]=(uchar)(0xE0+(point>>12));
               rest=2;
              }
            else
              {
               bytes[count]=(uchar)(0xF0+(point>>18));
               rest=3;
              }
      count++;
      while(rest>0)
        {
         rest--;
         bytes[count]=(uchar)(0x80+((point>>(rest*6))&0x3F));
         count++;
        }
     }
   ArrayResize(bytes,count);
   return(true);
  }
//+------------------------------------------------------------------+
//| bytes[from..end) as text; false if they are not UTF-8 or hold a  |
//| zero                                                             |
//+------------------------------------------------------------------+
bool ContractsFromUtf8(const uchar &bytes[],const int from,const int end,string &text)
  {
   CContractsBuffer out;
   int              position=from;
   text="";
   while(position<end)
     {
      int point=bytes[position];
      int rest=0;
      int least=1;
      position++;
      if(point>=0xF0)
        {
         point-=0xF0;
         rest=3;
         least=0x10000;
        }
      else
         if(point>=0xE0)
           {
            point-=0xE0;
            rest=2;
            least=0x800;
           }
         else
            if(point>=0xC0)
              {
               point-=0xC0;
               rest=1;
               least=0x80;
              }
            else
               if(point>=0x80)
                  return(false);
      if(position+rest>end)
         return(false);
      while(rest>0)
        {
         int next=bytes[position];
         if(next<0x80 || next>0xBF)
            return(false);
         point=point*64+(next-0x80);
         position++;
         rest--;
        }
      if(point<least || point>0x10FFFF || (point>=0xD800 && point<=0xDFFF))
         return(false);
      if(point>0xFFFF)
        {
         out.Unit((ushort)(0xD800+((point-0x10000)>>10)));
         out.Unit((ushort)(0xDC00+(point&0x3FF)));
        }
      else
         out.Unit((ushort)point);
     }
   text=out.Text();
   return(true);
  }
#endif
//+------------------------------------------------------------------+
