#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
bool F(const bool a,const bool b,const bool c)
  {
   return(a || b && c);
  }
#endif
// refused: precedence at 5:18
