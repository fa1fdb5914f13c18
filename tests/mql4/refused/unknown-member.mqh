#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int total;
   CThing(void) { total=0; }
   void Grow(void) { total++; }
   int Total(void) const { return(total); }
  };
int F(const CThing &thing)
  {
   return(thing.missing);
  }
#endif
// refused: unknown-member at 13:17
