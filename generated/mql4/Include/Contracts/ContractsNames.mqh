//+------------------------------------------------------------------+
//|                                               ContractsNames.mqh |
//|  The property names met in the objects that are open, level by   |
//|  level, so that a repeated one is noticed.                       |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_NAMES_MQH
#define CONTRACTS_NAMES_MQH
#property strict

//--- levels of objects and arrays; others' readers stop there too
#define CONTRACTS_MAX_DEPTH 127

//+------------------------------------------------------------------+
//| The names of level n end at m_end[n] and begin where those of    |
//| level n-1 end. To leave a level is to forget its names.          |
//+------------------------------------------------------------------+
class CContractsNames
  {
private:
   int               m_end[128];
   string            m_name[];
   uint              m_hash[];
public:
                     CContractsNames(void)   { m_end[0]=0;                  }
   void              Enter(const int level)  { m_end[level]=m_end[level-1]; }
   bool              Has(const int level,const string name) const;
   bool              Add(const int level,const string name);
private:
   uint              Hash(const string name) const;
  };
//+------------------------------------------------------------------+
uint CContractsNames::Hash(const string name) const
  {
   uint hash=5381;
   int  total=StringLen(name);
   for(int i=0; i<total; i++)
      hash=(hash*33)^(uint)StringGetCharacter(name,i);
   return(hash);
  }
//+------------------------------------------------------------------+
//| The level, which may have been left but not entered anew, has it |
//+------------------------------------------------------------------+
bool CContractsNames::Has(const int level,const string name) const
  {
   uint hash=Hash(name);
   for(int i=m_end[level-1]; i<m_end[level]; i++)
     {
      if(m_hash[i]==hash && m_name[i]==name)
         return(true);
     }
   return(false);
  }
//+------------------------------------------------------------------+
//| False if the level has the name already                          |
//+------------------------------------------------------------------+
bool CContractsNames::Add(const int level,const string name)
  {
   int end=m_end[level];
   if(Has(level,name))
      return(false);
   if(end>=ArraySize(m_name))
     {
      ArrayResize(m_name,end*2+16);
      ArrayResize(m_hash,end*2+16);
     }
   m_name[end]=name;
   m_hash[end]=Hash(name);
   m_end[level]=end+1;
   return(true);
  }
#endif
//+------------------------------------------------------------------+
