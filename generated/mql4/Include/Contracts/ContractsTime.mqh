//+------------------------------------------------------------------+
//|                                                ContractsTime.mqh |
//|  RFC 3339 dates and times: checks on text, and the way between   |
//|  such text and a datetime in UTC. Knows no clock and no zone.    |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_TIME_MQH
#define CONTRACTS_TIME_MQH
#property strict

#include <Contracts\ContractsText.mqh>

//--- 3000-12-31T23:59:59Z, the last second a datetime can hold
#define CONTRACTS_LAST_SECOND 32535215999

//+------------------------------------------------------------------+
int ContractsDaysInMonth(const int year,const int month)
  {
   if(month==2)
      return(year%4==0 && (year%100!=0 || year%400==0) ? 29 : 28);
   return(month==4 || month==6 || month==9 || month==11 ? 30 : 31);
  }
//+------------------------------------------------------------------+
//| Days from 1970-01-01; a year is counted from March               |
//+------------------------------------------------------------------+
long ContractsDaysFromDate(const int year,const int month,const int day)
  {
   long marchYear=(month<=2 ? year-1 : year);
   long marchMonth=(month<=2 ? month+9 : month-3);
   long days=(153*marchMonth+2)/5+day-1;
   return(marchYear*365+marchYear/4-marchYear/100+marchYear/400+days-719468);
  }
//+------------------------------------------------------------------+
//| A date and a time of day as they are written, parsed in steps    |
//+------------------------------------------------------------------+
class CContractsMoment
  {
private:
   string            m_text;
   int               m_position;
   int               m_year;
   int               m_month;
   int               m_day;
   int               m_hour;
   int               m_minute;
   int               m_second;
   int               m_nanos;
   int               m_offset;

   bool              Sign(const ushort unit);
   bool              Number(const int digits,const int least,const int most,int &value);
   bool              Fraction(void);
   bool              Zone(void);
   bool              LeapSecond(void) const;
   bool              TakeDate(void);
   bool              TakeTime(void);
   bool              Begin(const string text);
   bool              Finished(void) const { return(m_position==StringLen(m_text)); }
public:
                     CContractsMoment(void) { Begin(""); }
   bool              Date(const string text)     { return(Begin(text) && TakeDate() && Finished()); }
   bool              TimeOfDay(const string text) { return(Begin(text) && TakeTime() && Finished()); }
   bool              DateTime(const string text);
   int               Nanos(void) const           { return(m_nanos); }
   long              UtcSeconds(void) const;
  };
//+------------------------------------------------------------------+
bool CContractsMoment::Begin(const string text)
  {
   m_text=text;
   m_position=0;
   m_year=1970;
   m_month=1;
   m_day=1;
   m_hour=0;
   m_minute=0;
   m_second=0;
   m_nanos=0;
   m_offset=0;
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsMoment::Sign(const ushort unit)
  {
   if(StringGetCharacter(m_text,m_position)!=unit)
      return(false);
   m_position++;
   return(true);
  }
//+------------------------------------------------------------------+
//| That many digits, no more and no fewer being taken               |
//+------------------------------------------------------------------+
bool CContractsMoment::Number(const int digits,const int least,const int most,int &value)
  {
   value=0;
   for(int i=0; i<digits; i++)
     {
      ushort unit=StringGetCharacter(m_text,m_position);
      if(!ContractsIsDigit(unit))
         return(false);
      value=value*10+(unit-'0');
      m_position++;
     }
   return(value>=least && value<=most);
  }
//+------------------------------------------------------------------+
bool CContractsMoment::TakeDate(void)
  {
   return(Number(4,0,9999,m_year) && Sign('-') && Number(2,1,12,m_month) && Sign('-')
          && Number(2,1,ContractsDaysInMonth(m_year,m_month),m_day));
  }
//+------------------------------------------------------------------+
bool CContractsMoment::TakeTime(void)
  {
   return(Number(2,0,23,m_hour) && Sign(':') && Number(2,0,59,m_minute) && Sign(':')
          && Number(2,0,60,m_second) && Fraction() && Zone() && (m_second<60 || LeapSecond()));
  }
//+------------------------------------------------------------------+
bool CContractsMoment::DateTime(const string text)
  {
   return(Begin(text) && TakeDate() && (Sign('T') || Sign('t')) && TakeTime() && Finished());
  }
//+------------------------------------------------------------------+
//| Digits beyond the ninth are taken and dropped                    |
//+------------------------------------------------------------------+
bool CContractsMoment::Fraction(void)
  {
   int weight=100000000;
   int digit=0;
   if(!Sign('.'))
      return(true);
   if(!Number(1,0,9,digit))
      return(false);
   m_nanos=digit*weight;
   while(Number(1,0,9,digit))
     {
      weight=weight/10;
      m_nanos+=digit*weight;
     }
   return(true);
  }
//+------------------------------------------------------------------+
bool CContractsMoment::Zone(void)
  {
   int  hours=0;
   int  minutes=0;
   bool west=false;
   if(Sign('Z') || Sign('z'))
      return(true);
   west=Sign('-');
   if(!west && !Sign('+'))
      return(false);
   if(!Number(2,0,23,hours) || !Sign(':') || !Number(2,0,59,minutes))
      return(false);
   m_offset=hours*60+minutes;
   if(west)
      m_offset=-m_offset;
   return(true);
  }
//+------------------------------------------------------------------+
//| Only the last minute of a UTC day can have a second 60           |
//+------------------------------------------------------------------+
bool CContractsMoment::LeapSecond(void) const
  {
   return((m_hour*60+m_minute-m_offset+2880)%1440==1439);
  }
//+------------------------------------------------------------------+
//| From 1970-01-01T00:00:00Z; a second 60 counts as the next one    |
//+------------------------------------------------------------------+
long CContractsMoment::UtcSeconds(void) const
  {
   long minutes=ContractsDaysFromDate(m_year,m_month,m_day)*1440+m_hour*60+m_minute-m_offset;
   return(minutes*60+m_second);
  }
//+------------------------------------------------------------------+
//| The formats date, time and date-time                             |
//+------------------------------------------------------------------+
bool ContractsIsDate(const string text)
  {
   CContractsMoment moment;
   return(moment.Date(text));
  }
//+------------------------------------------------------------------+
bool ContractsIsTime(const string text)
  {
   CContractsMoment moment;
   return(moment.TimeOfDay(text));
  }
//+------------------------------------------------------------------+
bool ContractsIsDateTime(const string text)
  {
   CContractsMoment moment;
   return(moment.DateTime(text));
  }
//+------------------------------------------------------------------+
//| A date-time as whole seconds in UTC and nanoseconds. False if it |
//| is none, or not in the years 1970 to 3000 that a datetime holds. |
//+------------------------------------------------------------------+
bool ContractsTimeParse(const string text,datetime &utc,int &nanoseconds)
  {
   CContractsMoment moment;
   utc=0;
   nanoseconds=0;
   if(!moment.DateTime(text))
      return(false);
   long seconds=moment.UtcSeconds();
   if(seconds<0 || seconds>CONTRACTS_LAST_SECOND)
      return(false);
   utc=(datetime)seconds;
   nanoseconds=moment.Nanos();
   return(true);
  }
//+------------------------------------------------------------------+
//| A number with zeros before it                                    |
//+------------------------------------------------------------------+
string ContractsPadded(const long value,const int width)
  {
   string text=ContractsLongText(value);
   while(StringLen(text)<width)
      text="0"+text;
   return(text);
  }
//+------------------------------------------------------------------+
//| utc is UTC, as TimeGMT() gives it; TimeCurrent() is the broker's |
//| time. "" if it or the nanoseconds are out of range.              |
//+------------------------------------------------------------------+
string ContractsTimeText(const datetime utc,const int nanoseconds)
  {
   long seconds=(long)utc;
   if(seconds<0 || seconds>CONTRACTS_LAST_SECOND || nanoseconds<0 || nanoseconds>999999999)
      return("");
   long days=seconds/86400;
   long rest=seconds%86400;
   int  year=1970;
   int  month=1;
   while(ContractsDaysFromDate(year+1,1,1)<=days)
      year++;
   while(month<12 && ContractsDaysFromDate(year,month+1,1)<=days)
      month++;
   long   day=days-ContractsDaysFromDate(year,month,1)+1;
   string text=ContractsPadded(year,4)+"-"+ContractsPadded(month,2)+"-"+ContractsPadded(day,2)+"T";
   text+=ContractsPadded(rest/3600,2)+":"+ContractsPadded(rest/60%60,2)+":"+ContractsPadded(rest%60,2);
   if(nanoseconds>0)
     {
      string fraction=ContractsPadded(nanoseconds,9);
      int    keep=9;
      while(StringGetCharacter(fraction,keep-1)=='0')
         keep--;
      text+="."+StringSubstr(fraction,0,keep);
     }
   return(text+"Z");
  }
#endif
//+------------------------------------------------------------------+
